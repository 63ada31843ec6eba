using System.Text.Json;
using System.Text.Json.Serialization;
using Akka.Actor;

namespace Akka.Serialization;

/// <summary>
/// JSON for whatever has no serializer of its own. It bears the name that Akka.NET's configuration gives to its
/// default,
/// and is written with System.Text.Json: types whose bytes must be read by both need a serializer of their own.
/// </summary>
public class NewtonSoftJsonSerializer : Serializer
{
    private readonly JsonSerializerOptions _options;

    public NewtonSoftJsonSerializer(ExtendedActorSystem system)
        : base(system) => _options = new JsonSerializerOptions
    {
        IncludeFields = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new ActorRefConverter(system) }
    };

    public override bool IncludeManifest => true;

    public override byte[] ToBinary(object obj) => JsonSerializer.SerializeToUtf8Bytes(obj, obj.GetType(), _options);

    public override object FromBinary(byte[] bytes, Type type) => JsonSerializer.Deserialize(bytes, type, _options)!;

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
