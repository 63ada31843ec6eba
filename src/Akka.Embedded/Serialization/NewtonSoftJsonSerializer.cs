using System.Collections.Concurrent;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Akka.Actor;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>
/// JSON for whatever has no serializer of its own. It bears the name that Akka.NET's configuration gives to its
/// default, and like it writes the type into the text (<c>$type</c>) and not into a manifest. It is written with
/// System.Text.Json: types whose bytes must be read by both need a serializer of their own.
/// </summary>
public class NewtonSoftJsonSerializer : Serializer
{
    private readonly ConcurrentDictionary<Type, byte[]> _openings = new();
    private readonly JsonSerializerOptions _options;

    public NewtonSoftJsonSerializer(ExtendedActorSystem system)
        : base(system) => _options = new JsonSerializerOptions
    {
        IncludeFields = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new ActorRefConverter(system) }
    };

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj)
    {
        var type = obj.GetType();
        var json = JsonSerializer.SerializeToUtf8Bytes(obj, type, _options);
        var opening = _openings.GetOrAdd(type, static one =>
            [.. """{"$type":"""u8, .. JsonSerializer.SerializeToUtf8Bytes(one.TypeQualifiedName())]);
        return json switch
        {
            [(byte)'{', (byte)'}'] => [.. opening, (byte)'}'],
            [(byte)'{', ..] => [.. opening, (byte)',', .. json.AsSpan(1)],
            _ => [.. opening, .. ""","$value":"""u8, .. json, (byte)'}']
        };
    }

    /// <param name="bytes">What was written.</param>
    /// <param name="type">What to read text as that names no type itself.</param>
    public override object FromBinary(byte[] bytes, Type type)
    {
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || !reader.ValueTextEquals("$type"))
            return JsonSerializer.Deserialize(bytes, type ?? typeof(object), _options)!;
        reader.Read();
        var name = reader.GetString()!;
        var named = TypeResolver.Find(name) ?? throw new SerializationException($"There is no type [{name}].");
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("$value"))
            return JsonSerializer.Deserialize(bytes, named, _options)!;
        reader.Read();
        return JsonSerializer.Deserialize(ref reader, named, _options)!;
    }

    /// <summary>References are written as paths.</summary>
    private sealed class ActorRefConverter(ExtendedActorSystem system) : JsonConverter<IActorRef>
    {
        public override bool CanConvert(Type typeToConvert) => typeof(IActorRef).IsAssignableFrom(typeToConvert);

        public override IActorRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            system.Serialization.DeserializeActorRef(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, IActorRef value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Serialization.SerializedActorPath(value));
    }
}
