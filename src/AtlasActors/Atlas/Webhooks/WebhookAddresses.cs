using System.Buffers;
using System.Text;
using System.Text.Json;
using AtlasActors.Batches;

namespace AtlasActors.Atlas.Webhooks;

/// <summary>Where Atlas calls back: an address of its own for each submission, below the host's public one.</summary>
/// <param name="root">The public address, found to be in order by <see cref="PublicAddress"/>.</param>
/// <param name="chance">Gives so many random bytes that nobody can guess.</param>
internal sealed class WebhookAddresses(Uri root, Func<int, byte[]> chance)
{
    /// <summary>What stands between the public address and the batch.</summary>
    public const string Path = "/hooks/atlas/";

    private const string Field = "webhook_url";

    private readonly string _root = PublicAddress.Root(root);

    /// <summary>A new token for a job's submission; null where the job says itself where Atlas is to call.</summary>
    public WebhookToken? TokenFor(string body) =>
        Look(body) is { IsObject: true, HasField: false } ? WebhookToken.New(chance) : null;

    /// <summary>The address of one submission.</summary>
    public string Of(BatchId batch, int job, int submission, WebhookToken token) =>
        FormattableString.Invariant($"{_root}{Path}{batch}/{job}/{submission}/{token.Secret}");

    /// <summary>A job's body with the address as its last field; all else stays byte for byte.</summary>
    public static string Put(string body, string address)
    {
        var end = body.LastIndexOf('}');
        var comma = Look(body).IsEmpty ? "" : ",";
        return $"{body[..end]}{comma}\"{Field}\":\"{JsonEncodedText.Encode(address)}\"{body[end..]}";
    }

    private static (bool IsObject, bool IsEmpty, bool HasField) Look(string body)
    {
        // A body may hold a picture, and be megabytes.
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(body));
        try
        {
            return Look(bytes.AsSpan(0, Encoding.UTF8.GetBytes(body, bytes)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static (bool IsObject, bool IsEmpty, bool HasField) Look(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return (false, true, false);
        var isEmpty = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            if (reader.ValueTextEquals(Field)) return (true, false, true);
            reader.Skip();
        }
        return (true, isEmpty, false);
    }
}
