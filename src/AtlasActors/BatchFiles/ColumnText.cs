using System.Text.RegularExpressions;

namespace AtlasActors.BatchFiles;

/// <summary>
/// A text with columns in braces, to be filled from rows. What stands in a cell is put in as it is and never read as
/// part of the file.
/// </summary>
internal sealed partial class ColumnText
{
    /// <summary>What stands for the row's number where no column is called so.</summary>
    public const string RowNumber = "row";

    private readonly ScalarNode _node;

    // Literal texts, and columns by their index; the row's number comes after the last column.
    private readonly List<(string Literal, int Column)> _parts = [];

    private ColumnText(ScalarNode node) => _node = node;

    /// <summary>Whether the text is nothing but one column, whose value then stands in its place.</summary>
    public bool IsColumn => _parts is [(_, >= 0)];

    /// <summary>
    /// The text with its columns found; null, and the findings say why, where it names one that is not there.
    /// </summary>
    public static ColumnText? Parse(ScalarNode node, string path, IRows rows, Findings findings)
    {
        var text = new ColumnText(node);
        var end = 0;
        var isGood = true;
        foreach (Match match in Braces().Matches(node.Text))
        {
            text.AddLiteral(node.Text[end..match.Index]);
            end = match.Index + match.Length;
            if (match.Value is "{{" or "}}")
                text.AddLiteral(match.Value[..1]);
            else if (match.Groups["name"].Success)
                isGood &= text.AddColumn(match.Groups["name"].Value.Trim(), path, rows, findings);
            else
                isGood = Lone(node, path, match.Value, findings);
        }

        text.AddLiteral(node.Text[end..]);
        return isGood ? text : null;
    }

    /// <summary>
    /// The text with a row's cells in it. What <paramref name="isSent"/> as it stands may be a number, true or false
    /// only where its cell is and nothing is around it; elsewhere the job's own fields decide what they take, and a
    /// number is one however it came about.
    /// </summary>
    public ScalarNode Fill(Row row, bool isSent)
    {
        var parts = new string[_parts.Count];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = _parts[i] is (_, >= 0 and var column) ? TextOf(Cell(row, column)) : _parts[i].Literal;
        var text = string.Concat(parts);
        var filled = new ScalarNode(_node.Line, _node.Column, text, IsPlain: true);
        var isPlain = isSent
            ? IsColumn && Cell(row, _parts[0].Column) is ScalarNode { IsPlain: true }
            : CoreSchema.KindOf(filled) is ScalarKind.Boolean or ScalarKind.WholeNumber or ScalarKind.Number;
        return isPlain ? filled : filled with { IsPlain = false };
    }

    /// <summary>The first cell that is no single value, as a message; null where all are.</summary>
    public string? Misfit(Row row, IReadOnlyList<string> columns)
    {
        foreach (var (_, column) in _parts)
        {
            if (column >= 0 && Cell(row, column) is var cell and not ScalarNode)
                return $"'{Shown.Short(columns[column])}' wants one value, {Shown.Found(cell)}";
        }

        return null;
    }

    private static string TextOf(FileNode cell) =>
        cell is ScalarNode scalar && CoreSchema.KindOf(scalar) != ScalarKind.Nothing ? scalar.Text : "";

    private static FileNode Cell(Row row, int column) => column < row.Cells.Count ? row.Cells[column] : row.NumberCell;

    private static bool Lone(ScalarNode node, string path, string brace, Findings findings)
    {
        findings.Fault(
            node, path, $"a '{brace}' that belongs to no column",
            $"under 'foreach' a brace itself is written {brace}{brace}");
        return false;
    }

    private void AddLiteral(string text)
    {
        if (text.Length > 0)
            _parts.Add((text, -1));
    }

    private bool AddColumn(string name, string path, IRows rows, Findings findings)
    {
        var column = name.Length == 0 ? -1 : rows.Columns.ToList().IndexOf(name);
        if (column < 0 && name == RowNumber)
            column = rows.Columns.Count;
        if (column >= 0)
        {
            _parts.Add(("", column));
            return true;
        }

        var known = rows.Columns.Where(known => known.Length > 0).ToArray();
        var hint = DidYouMean.Hint(name, known);
        findings.Fault(
            _node, path, $"there is no column '{Shown.Short(name)}'",
            $"{(hint is null ? "" : hint + " ")}{rows.Name} has {Shown.List(known)}");
        return false;
    }

    [GeneratedRegex(@"\{\{|\}\}|\{(?<name>[^{}]*)\}|[{}]")]
    private static partial Regex Braces();
}
