using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AtlasActors.Hosting;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Hosting;

/// <summary>
/// What is made at compile time is what reflection finds: the same bytes, and the same event again, also out of journals
/// of before, which lack what came later.
/// </summary>
public class AtlasEventsJsonSpecs
{
    private static readonly JsonSerializerOptions Reflected = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static TheoryData<Type> Events => [.. AtlasEventSerializer.BoundTypes];

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_is_known_without_reflection(Type type) =>
        Assert.IsType<AtlasEventsJson>(AtlasEventsJson.Form.GetTypeInfo(type).OriginatingResolver);

    [Fact]
    public void What_is_no_event_is_refused() =>
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new Version(1, 0), AtlasEventsJson.Form));

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_written_as_reflection_writes_it(Type type)
    {
        foreach (var isWhole in (bool[])[true, false])
        {
            var happened = Filled.With(type, isWhole);

            var bytes = JsonSerializer.SerializeToUtf8Bytes(happened, type, AtlasEventsJson.Form);

            Assert.Equal(JsonSerializer.SerializeToUtf8Bytes(happened, type, Reflected), bytes);
            Assert.Equal(bytes, JsonSerializer.SerializeToUtf8Bytes(
                JsonSerializer.Deserialize(bytes, type, AtlasEventsJson.Form), type, Reflected));
        }
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_that_lacks_a_field_or_has_another_is_read_as_reflection_reads_it(Type type)
    {
        var whole = JsonSerializer.SerializeToNode(Filled.With(type, isWhole: true), type, Reflected)!;
        var texts = new List<string>();
        foreach (var (parent, name) in Fields(whole).ToList())
        {
            var value = parent[name]!;
            parent.Remove(name);
            texts.Add(whole.ToJsonString());
            parent[name] = null;
            texts.Add(whole.ToJsonString());
            parent[name] = new JsonObject { ["later"] = 1 };
            texts.Add(whole.ToJsonString());
            parent[name] = value;
        }

        Assert.NotEmpty(texts);
        Assert.All(texts, json => Assert.Equal(Read(json, type, Reflected), Read(json, type, AtlasEventsJson.Form)));
    }

    /// <summary>All fields of all objects, but for the second of a list's items, which is like the first.</summary>
    private static IEnumerable<(JsonObject Parent, string Name)> Fields(JsonNode node) => node switch
    {
        JsonObject parent => parent.SelectMany(
            field => Fields(field.Value!).Prepend((parent, field.Key))),
        JsonArray { Count: > 0 } items => Fields(items[0]!),
        _ => [],
    };

    private static string Read(string json, Type type, JsonSerializerOptions form)
    {
        try
        {
            return JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type, form), type, Reflected);
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            // Not where: what the constructor does not take reflection reads last.
            return fault.GetType().Name;
        }
    }
}
