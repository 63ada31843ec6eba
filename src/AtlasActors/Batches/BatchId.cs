using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AtlasActors.Batches;

/// <summary>
/// The name of one batch: lower-case letters, digits and hyphens, at most 64 characters, so that it can stand in an
/// actor's path, a persistence id and a file name.
/// </summary>
[JsonConverter(typeof(BatchIdJson))]
public readonly record struct BatchId
{
    private BatchId(string value) => Value = value;

    public string Value { get; }

    /// <summary>A checked id. Throws <see cref="FormatException"/> when <paramref name="text"/> is none.</summary>
    public static BatchId Parse(string text) =>
        IsId(text)
            ? new BatchId(text)
            : throw new FormatException($"'{text}' is not a batch id: lower-case letters, digits and '-' make one, 64 at most.");

    /// <summary>A checked id; null when <paramref name="text"/> is none.</summary>
    public static BatchId? Find(string? text) => IsId(text) ? new BatchId(text) : null;

    /// <summary>A new id that sorts by time: <c>20261121-060000-3f9a41c0</c>. The last part comes from <paramref name="chance"/>.</summary>
    public static BatchId New(DateTimeOffset now, Random chance)
    {
        ArgumentNullException.ThrowIfNull(chance);
        return new BatchId(FormattableString.Invariant($"{now.UtcDateTime:yyyyMMdd-HHmmss}-{chance.NextInt64(0x1_0000_0000):x8}"));
    }

    public override string ToString() => Value;

    private static bool IsId([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= 64 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    internal sealed class BatchIdJson : JsonConverter<BatchId>
    {
        public override BatchId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, BatchId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
