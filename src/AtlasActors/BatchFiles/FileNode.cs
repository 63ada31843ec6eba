namespace AtlasActors.BatchFiles;

/// <summary>
/// A value in a batch file, YAML or JSON, and where it stands. <c>Size</c> is about its length in characters.
/// </summary>
internal abstract record FileNode(int Line, int Column, long Size);

/// <summary>
/// A text, number, boolean or nothing. A plain one means what <see cref="CoreSchema"/> says; another is text.
/// </summary>
internal sealed record ScalarNode(int Line, int Column, string Text, bool IsPlain)
    : FileNode(Line, Column, Text.Length + 1);

internal sealed record ListNode(int Line, int Column, IReadOnlyList<FileNode> Items)
    : FileNode(Line, Column, 1 + Items.Sum(item => item.Size));

internal sealed record MapNode(int Line, int Column, IReadOnlyList<MapEntry> Entries)
    : FileNode(Line, Column, 1 + Entries.Sum(entry => entry.Key.Length + 1 + entry.Value.Size))
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
