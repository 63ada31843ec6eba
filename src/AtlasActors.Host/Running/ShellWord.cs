namespace AtlasActors.Host.Running;

/// <summary>A path as a word of a command line that a person copies.</summary>
internal static class ShellWord
{
    /// <summary>The text as it is where every shell takes it so, else in quotes.</summary>
    public static string Of(string text)
    {
        if (text.Length > 0 && text[0] != '-' && text.All(c => char.IsLetterOrDigit(c) || "/\\._-:+@%,".Contains(c)))
            return text;
        var safe = text.StartsWith('-') ? "./" + text : text;
        return OperatingSystem.IsWindows()
            ? $"\"{safe}\""
            : $"'{safe.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
