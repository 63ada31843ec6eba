using System.Text;

namespace AtlasActors.BatchFiles;

/// <summary>How values of the file are named in messages.</summary>
internal static class Shown
{
    private const int Longest = 40;
    private const int MostListed = 20;

    /// <summary>What was found where something else was wanted.</summary>
    public static string Found(FileNode node) => node switch
    {
        ListNode => "found a list",
        MapNode => "found a map",
        ScalarNode scalar => CoreSchema.KindOf(scalar) switch
        {
            ScalarKind.Nothing => "found nothing",
            ScalarKind.Boolean => $"found {scalar.Text}",
            ScalarKind.WholeNumber or ScalarKind.Number => $"found the number {Short(scalar.Text)}",
            _ => $"found the text '{Short(scalar.Text)}'",
        },
        _ => throw new InvalidOperationException($"{node.GetType().Name} has no words."),
    };

    /// <summary>Names with commas between them, the first twenty.</summary>
    public static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostListed).Select(Short)) + (names.Count > MostListed ? ", …" : "");

    /// <summary>A text on one line and of bearable length.</summary>
    public static string Short(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= Longest)
                return shown.Append('…').ToString();
            shown.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return shown.ToString();
    }
}
