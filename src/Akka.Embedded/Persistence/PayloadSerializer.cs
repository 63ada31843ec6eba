namespace Akka.Persistence;

/// <summary>Objects to and from what is stored of them: bytes, manifest, the serializer's number.</summary>
internal sealed class PayloadSerializer(Akka.Serialization.Serialization serialization, string? fallbackSerializer)
{
    public (byte[] Bytes, string Manifest, int Identifier) ToBytes(object payload)
    {
        var serializer = serialization.FindSerializerForType(payload.GetType(), fallbackSerializer);
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, payload);
        return (serializer.ToBinary(payload), manifest, serializer.Identifier);
    }

    public object FromBytes(byte[] bytes, int? identifier, string manifest)
    {
        if (identifier is { } known)
            return serialization.Deserialize(bytes, known, manifest);
        var type = Type.GetType(manifest, throwOnError: true)!;
        return serialization.FindSerializerForType(type, fallbackSerializer).FromBinary(bytes, type);
    }
}
