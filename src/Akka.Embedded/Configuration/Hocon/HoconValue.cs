using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Akka.Configuration.Hocon;

/// <summary>What stands at a path: pieces that together are text, an array or an object.</summary>
public class HoconValue
{
    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public HoconValue()
        : this([])
    {
    }

    internal HoconValue(List<IHoconElement> values) => Values = values;

    internal List<IHoconElement> Values { get; }

    public bool IsEmpty => Values.Count == 0 || (Values is [HoconObject only] && only.Items.Count == 0);

    internal static HoconValue OfObject(HoconObject value) => new([value]);

    internal static HoconValue OfText(string text) => new([new HoconLiteral { Value = text }]);

    /// <summary>This value as a configuration of its own.</summary>
    public Config ToConfig() => new(new HoconRoot(this));

    /// <summary>A configuration that has this value at a key.</summary>
    public Config AtKey(string key)
    {
        var holder = new HoconObject();
        holder.Items[key] = this;
        return OfObject(holder).ToConfig();
    }

    public bool IsObject() => GetObject() is not null;

    /// <summary>The object that the pieces make together, or null where they make none.</summary>
    public HoconObject GetObject()
    {
        if (Values is [HoconObject only])
            return only;
        HoconObject? merged = null;
        foreach (var element in Values)
        {
            var piece = element as HoconObject ?? (element as HoconSubstitution)?.GetObject();
            if (piece is not null)
                merged = merged is null ? piece : HoconObject.Merged(merged, piece);
        }

        return merged!;
    }

    internal HoconValue GetChildObject(string key) => GetObject()?.GetKey(key)!;

    public bool IsString() => Values.Count > 0 && Values.TrueForAll(v => v.IsString());

    /// <summary>The text, or null where it is the word <c>null</c> or no text at all.</summary>
    public string GetString()
    {
        if (!IsString())
            return null!;
        var text = string.Concat(Values.Select(v => v.GetString())).Trim();
        return text == "null" ? null! : text;
    }

    public bool IsArray() => Values.Exists(v => v.IsArray());

    public IList<HoconValue> GetArray() => Values.Where(v => v.IsArray()).SelectMany(v => v.GetArray()).ToList();

    public bool GetBoolean() => GetString() switch
    {
        "on" or "true" => true,
        "off" or "false" => false,
        var other => throw new NotSupportedException($"Unknown boolean format: {other}")
    };

    public decimal GetDecimal() => decimal.Parse(GetString(), NumberStyles.Number, CultureInfo.InvariantCulture);

    public float GetFloat() => float.Parse(GetString(), CultureInfo.InvariantCulture);

    public double GetDouble() => double.Parse(GetString(), CultureInfo.InvariantCulture);

    public long GetLong() => long.Parse(GetString(), CultureInfo.InvariantCulture);

    public int GetInt() => int.Parse(GetString(), CultureInfo.InvariantCulture);

    public IList<bool> GetBooleanList() => GetArray().Select(v => v.GetBoolean()).ToList();

    public IList<int> GetIntList() => GetArray().Select(v => v.GetInt()).ToList();

    public IList<long> GetLongList() => GetArray().Select(v => v.GetLong()).ToList();

    public IList<double> GetDoubleList() => GetArray().Select(v => v.GetDouble()).ToList();

    public IList<decimal> GetDecimalList() => GetArray().Select(v => v.GetDecimal()).ToList();

    public IList<string> GetStringList() => GetArray().Select(v => v.GetString()).ToList();

    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconUnits.Duration(GetString(), allowInfinite);

    public long? GetByteSize() => HoconUnits.ByteSize(GetString());

    public override string ToString() => ToString(0);

    public virtual string ToString(int indent)
    {
        if (IsString())
            return GetString() is { } text ? Quoted(text, isKey: false) : "null";
        if (GetObject() is { } members)
        {
            return indent == 0
                ? members.ToString(0)
                : "{\n" + members.ToString(indent) + new string(' ', (indent - 1) * 2) + "}";
        }

        return "[" + string.Join(",", GetArray().Select(v => v.ToString(indent + 1))) + "]";
    }

    internal static string Quoted(string text, bool isKey)
    {
        var plain = text.Length > 0
            && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '/' || (c == '.' && !isKey));
        return plain ? text : JsonSerializer.Serialize(text, Readable);
    }
}
