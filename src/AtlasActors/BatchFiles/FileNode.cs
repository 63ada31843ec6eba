namespace AtlasActors.BatchFiles;

/// <summary>
/// A value in a batch file, YAML or JSON, and where it stands. <c>Size</c> is about its length in characters, <c>Depth</c>
/// how many lists and maps lie in each other there, aliases resolved.
/// </summary>
internal abstract record FileNode(int Line, int Column, long Size, int Depth);

/// <summary>
/// A text, number, boolean or nothing. A plain one means what <see cref="CoreSchema"/> says; another is text.
/// </summary>
internal sealed record ScalarNode(int Line, int Column, string Text, bool IsPlain)
    : FileNode(Line, Column, Text.Length + 1, Depth: 0);

internal sealed record ListNode(int Line, int Column, IReadOnlyList<FileNode> Items)
    : FileNode(
        Line, Column, 1 + Items.Sum(item => item.Size), 1 + Items.Select(item => item.Depth).DefaultIfEmpty().Max());

internal sealed record MapNode(int Line, int Column, IReadOnlyList<MapEntry> Entries)
    : FileNode(
        Line, Column, 1 + Entries.Sum(entry => entry.Key.Length + 1 + entry.Value.Size),
        1 + Entries.Select(entry => entry.Value.Depth).DefaultIfEmpty().Max())
{
    public MapEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == key)
                return entry;
        }

        return null;
    }
}

/// <summary>A key, where it stands, and its value.</summary>
internal sealed record MapEntry(string Key, int Line, int Column, FileNode Value);
