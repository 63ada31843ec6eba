using System.Text;

namespace AtlasActors.BatchFiles;

/// <summary>Something in a batch file that must be put right, or, as a warning, that its author should know.</summary>
/// <param name="Line">The line, from 1; 0 when it is about the file as a whole.</param>
/// <param name="Column">The character in that line, from 1; 0 when it is about the file as a whole.</param>
/// <param name="Path">Where in the file's tree, jobs counted from 1: <c>jobs[3].model</c>. Empty at the top.</param>
/// <param name="Message">What is wrong, and where it helps, what is wanted.</param>
/// <param name="Hint">What would put it right, or null.</param>
public sealed record FileFault(int Line, int Column, string Path, string Message, string? Hint)
{
    /// <summary>Which file it is in, when that is another one than the batch file.</summary>
    public string? File { get; init; }

    /// <summary>The fault in one line: <c>file.yaml:12:7: jobs[3].model: 'model' is empty</c>.</summary>
    public string In(string fileName)
    {
        var line = new StringBuilder(File ?? fileName);
        if (Line > 0)
            line.Append(':').Append(Line).Append(':').Append(Column);
        if (Path.Length > 0)
            line.Append(": ").Append(Path);
        line.Append(": ").Append(Message);
        return Hint is null ? line.ToString() : line.Append("; ").Append(Hint).ToString();
    }
}
