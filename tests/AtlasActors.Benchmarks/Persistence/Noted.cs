using System.Text.Json;
using Akka.Actor;
using Akka.Serialization;

namespace AtlasActors.Benchmarks.Persistence;

/// <summary>An event of the usual size: a number, a time, some text.</summary>
internal sealed record Noted(int Number, DateTimeOffset At, string Job, string Text, decimal Amount)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public static Noted Of(int number) => new(
        number, Start.AddSeconds(number), $"product-{number % 500}", "generation finished, one output", 0.04m);
}

/// <summary>As the library stores its events: JSON under a manifest that never changes.</summary>
public sealed class NotedSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string NotedManifest = "noted:1";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public override int Identifier => 870_900;

    public override string Manifest(object o) => NotedManifest;

    public override byte[] ToBinary(object obj) => JsonSerializer.SerializeToUtf8Bytes(obj, obj.GetType(), Json);

    public override object FromBinary(byte[] bytes, string manifest) => manifest == NotedManifest
        ? JsonSerializer.Deserialize<Noted>(bytes, Json)!
        : throw new NotSupportedException($"There is no event {manifest}.");
}
