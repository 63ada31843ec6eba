using System.Text;

namespace AtlasActors.Atlas;

/// <summary>An address that holds the bytes themselves: <c>data:image/png;base64,…</c>.</summary>
/// <param name="ContentType">The media type it names, in lower case.</param>
/// <param name="Bytes">What it holds.</param>
internal sealed record DataAddress(string? ContentType, byte[] Bytes)
{
    private const string Scheme = "data:";

    /// <summary>Whether this is such an address.</summary>
    public static bool Is(string url) => url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>What it holds; null when it cannot be read.</summary>
    public static DataAddress? Read(string url)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (!Is(url) || comma < 0)
            return null;
        var parts = url[Scheme.Length..comma].Split(';');
        var type = parts[0].Trim().ToLowerInvariant();
        var isBase64 = parts.Skip(1).Any(part => part.Trim().Equals("base64", StringComparison.OrdinalIgnoreCase));
        var payload = url[(comma + 1)..];
        var bytes = isBase64 ? FromBase64(payload) : Unescape(payload);
        return bytes is null ? null : new DataAddress(type.Length == 0 ? null : type, bytes);
    }

    // Some write it escaped, in lines, without padding, or in the alphabet for addresses.
    private static byte[]? FromBase64(string payload)
    {
        var text = payload.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(payload) : payload;
        text = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
        text = text.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        text = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var count) ? bytes[..count] : null;
    }

    // Byte for byte: %FF is one byte, whatever a text reader would make of it.
    private static byte[] Unescape(string payload)
    {
        var text = Encoding.UTF8.GetBytes(payload);
        var bytes = new List<byte>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var isEscape = text[at] == '%' && at + 2 < text.Length
                && Uri.IsHexDigit((char)text[at + 1]) && Uri.IsHexDigit((char)text[at + 2]);
            bytes.Add(isEscape
                ? (byte)((Uri.FromHex((char)text[at + 1]) << 4) | Uri.FromHex((char)text[at + 2]))
                : text[at]);
            at += isEscape ? 2 : 0;
        }
        return [.. bytes];
    }
}
