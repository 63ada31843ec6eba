using System.Globalization;

namespace AtlasActors.BatchFiles;

/// <summary>What a <c>foreach</c> brings next. <c>Place</c> names where it stands: <c>products.csv:17</c>.</summary>
internal abstract record RowRead(string Place);

/// <summary>A row, numbered from 1, with a cell for each column. A cell that is not filled means nothing.</summary>
internal sealed record Row(string Place, int Number, IReadOnlyList<FileNode> Cells) : RowRead(Place)
{
    /// <summary>The row's number as a cell of its own.</summary>
    public ScalarNode NumberCell => new(0, 0, Number.ToString(CultureInfo.InvariantCulture), IsPlain: true);
}

/// <summary>A row of which no job can come, and why.</summary>
internal sealed record BadRow(string Place, string Message, string? Hint = null) : RowRead(Place);

/// <summary>The rows of a <c>foreach</c>, one at a time.</summary>
internal interface IRows : IDisposable
{
    /// <summary>What the author calls them, for messages.</summary>
    string Name { get; }

    IReadOnlyList<string> Columns { get; }

    /// <summary>The next row, good or bad; null after the last.</summary>
    RowRead? Next();
}

/// <summary>Rows, or why there are none.</summary>
internal readonly record struct RowsOpening(IRows? Rows, string Message = "", string? Hint = null);
