namespace AtlasActors.BatchFiles;

/// <summary>
/// Hands on a text and ends it with an exception where one row goes on and on: a quote that is never closed would
/// otherwise bring the whole file into memory as one cell.
/// </summary>
internal sealed class ShortRowReader(TextReader inner) : TextReader
{
    /// <summary>As many characters as a row may have.</summary>
    public const int LongestRow = 1 << 20;

    // What a parser reads ahead is at most this much.
    private const int Chunk = 1 << 14;

    private int _sinceRow;

    /// <summary>Begins to count again.</summary>
    public void BeginRow() => _sinceRow = 0;

    public override int Peek() => inner.Peek();

    public override int Read()
    {
        var one = new char[1];
        return Read(one, 0, 1) == 0 ? -1 : one[0];
    }

    public override int Read(char[] buffer, int index, int count)
    {
        if (_sinceRow > LongestRow + Chunk)
            throw new InvalidDataException(
                $"a row of more than {LongestRow >> 20} million characters; is a quote never closed?");
        var read = inner.Read(buffer, index, Math.Min(count, Chunk));
        _sinceRow += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
