using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AtlasActors.Atlas.Webhooks;

/// <summary>
/// The secret in one submission's <c>webhook_url</c>: 128 bits of chance, which Atlas alone is told. Only the journal and
/// that address have it; its text shows nothing of it.
/// </summary>
[JsonConverter(typeof(WebhookTokenJson))]
internal readonly record struct WebhookToken
{
    /// <summary>How many bytes of chance make one.</summary>
    private const int Bytes = 16;

    private readonly string _text;

    private WebhookToken(string text) => _text = text;

    /// <summary>How many characters it has in an address.</summary>
    public static int Length { get; } = System.Buffers.Text.Base64Url.GetEncodedLength(Bytes);

    /// <summary>What stands in the address.</summary>
    public string Secret => _text ?? "";

    /// <param name="chance">Gives so many random bytes that nobody can guess.</param>
    public static WebhookToken New(Func<int, byte[]> chance) =>
        new(System.Buffers.Text.Base64Url.EncodeToString(chance(Bytes)));

    /// <summary>Whether a text is this token, in a time that does not tell how much of it is right.</summary>
    public bool Is(string text) =>
        Secret.Length > 0
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text));

    /// <summary>Nothing of it, so that no log line shows it.</summary>
    public override string ToString() => "a token";

    internal sealed class WebhookTokenJson : JsonConverter<WebhookToken>
    {
        public override WebhookToken Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, WebhookToken value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Secret);
    }
}

/// <summary>The token of one submission of a job.</summary>
internal sealed record SubmissionToken(int Submission, WebhookToken Token);
