using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Keys and their values, in the order in which they were first written.</summary>
public class HoconObject : IHoconElement
{
    public Dictionary<string, HoconValue> Items { get; } = new(StringComparer.Ordinal);

    public bool IsString() => false;

    public string? GetString() => throw new ConfigurationException("An object is not text.");

    public bool IsArray() => false;

    public IList<HoconValue> GetArray() => throw new ConfigurationException("An object is not an array.");

    public HoconValue GetKey(string key) => Items.GetValueOrDefault(key)!;

    internal HoconValue GetOrCreateKey(string key)
    {
        if (!Items.TryGetValue(key, out var value))
            Items[key] = value = new HoconValue();
        return value;
    }

    /// <summary>A new object with the keys of both; where both have one, <paramref name="over"/> wins.</summary>
    internal static HoconObject Merged(HoconObject? under, HoconObject? over)
    {
        var merged = new HoconObject();
        foreach (var (key, value) in under?.Items ?? [])
            merged.Items[key] = value;
        foreach (var (key, value) in over?.Items ?? [])
        {
            var both = merged.GetKey(key)?.GetObject() is { } below && value.GetObject() is { } above
                ? HoconValue.OfObject(Merged(below, above))
                : value;
            merged.Items[key] = both;
        }

        return merged;
    }

    public override string ToString() => ToString(0);

    public string ToString(int indent)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in Items)
        {
            text.Append(' ', indent * 2)
                .Append(HoconValue.Quoted(key, isKey: true))
                .Append(" : ")
                .Append(value.ToString(indent + 1))
                .Append('\n');
        }

        return text.ToString();
    }
}
