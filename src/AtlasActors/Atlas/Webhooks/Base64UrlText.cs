using System.Buffers;
using System.Buffers.Text;

namespace AtlasActors.Atlas.Webhooks;

/// <summary>Bytes written as base64url, as keys and signatures are.</summary>
internal static class Base64UrlText
{
    /// <summary>The bytes, where the text is just so many of them; else null.</summary>
    public static byte[]? Decode(string text, int length)
    {
        // One more than there may be, so that a longer text is seen to be longer.
        Span<byte> bytes = stackalloc byte[length + 1];
        var status = Base64Url.DecodeFromChars(text, bytes, out _, out var written);
        return status == OperationStatus.Done && written == length ? bytes[..length].ToArray() : null;
    }
}
