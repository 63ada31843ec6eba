using System.Text;

namespace AtlasActors.Jobs;

/// <summary>
/// A text that is long, kept for long, and seldom read: in UTF-8, half as much memory where it is mostly ASCII. None, as in a
/// damaged journal, is an empty one.
/// </summary>
internal readonly struct Utf8Text(string? text) : IEquatable<Utf8Text>
{
    private readonly byte[]? _bytes = text is null ? null : Encoding.UTF8.GetBytes(text);

    public bool Equals(Utf8Text other) => _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => obj is Utf8Text other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(_bytes.AsSpan());
}
