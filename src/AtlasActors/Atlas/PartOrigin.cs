using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AtlasActors.Atlas;

/// <summary>
/// Of which content a part file is the beginning. It lies beside the part; without it, or where it does not fit, a
/// download begins anew, so that no file is ever made of two contents.
/// </summary>
/// <param name="Address">A hash of the address: the address itself may be signed and is not kept.</param>
/// <param name="ETag">The strong tag that the server gave the content, with its quotes.</param>
/// <param name="LastModified">When the content was changed last, where there is no tag.</param>
/// <param name="Length">How long the content is, where the server said so.</param>
/// <param name="ContentType">The media type, in lower case.</param>
internal sealed record PartOrigin(
    string Address, string? ETag, DateTimeOffset? LastModified, long? Length, string? ContentType)
{
    // A content that was changed a moment ago may change again within the same second.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);

    /// <summary>What a server's first answer says about its content.</summary>
    public static PartOrigin Of(string url, HttpResponseMessage response)
    {
        var tag = response.Headers.ETag is { IsWeak: false } strong ? strong.ToString() : null;
        var changed = response.Content.Headers.LastModified;
        var isSettled = tag is null && response.Headers.Date - changed >= Settled;
        return new PartOrigin(HashOf(url), tag, isSettled ? changed : null,
            response.Content.Headers.ContentLength, HttpAnswer.TypeOf(response));
    }

    /// <summary>Whether a server can be asked for the rest of exactly this content.</summary>
    public bool CanGoOn => ETag is not null || LastModified is not null;

    /// <summary>Whether it is the content of this address.</summary>
    public bool IsOf(string url) => Address == HashOf(url);

    /// <summary>The condition under which the server may send the rest.</summary>
    public RangeConditionHeaderValue Condition() =>
        ETag is not null ? new(EntityTagHeaderValue.Parse(ETag)) : new(LastModified!.Value);

    /// <summary>Whether an answer is the rest of this content from <paramref name="start"/> on.</summary>
    public bool IsContinuedBy(HttpResponseMessage response, long start)
    {
        if (response.Content.Headers.ContentRange is not { Unit: "bytes", From: { } from } range || from != start)
            return false;
        var tag = response.Headers.ETag?.ToString();
        var changed = response.Content.Headers.LastModified;
        return (Length is null || range.Length is null || Length == range.Length)
            && (ETag is null || tag is null || ETag == tag)
            && (LastModified is null || changed is null || LastModified == changed);
    }

    public string ToJson() => JsonSerializer.Serialize(this, PartOriginJson.Default.PartOrigin);

    /// <summary>Null when it cannot be read, as after a crash while it was written.</summary>
    public static PartOrigin? FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PartOriginJson.Default.PartOrigin);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string HashOf(string url) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)));
}

/// <summary>How it is written, made when this is compiled.</summary>
[JsonSerializable(typeof(PartOrigin))]
internal sealed partial class PartOriginJson : JsonSerializerContext;
