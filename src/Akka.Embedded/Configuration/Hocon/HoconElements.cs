namespace Akka.Configuration.Hocon;

/// <summary>A piece of a value: text, an array, an object, or a substitution for one of them.</summary>
public interface IHoconElement
{
    bool IsString();

    string? GetString();

    bool IsArray();

    IList<HoconValue> GetArray();
}

/// <summary>Text, quoted or not.</summary>
internal sealed class HoconLiteral : IHoconElement
{
    public string Value { get; set; } = "";

    public bool IsString() => true;

    public string? GetString() => Value;

    public bool IsArray() => false;

    public IList<HoconValue> GetArray() => throw new ConfigurationException($"'{Value}' is not an array.");

    public override string ToString() => Value;
}

/// <summary>A list of values.</summary>
internal sealed class HoconArray : List<HoconValue>, IHoconElement
{
    public bool IsString() => false;

    public string? GetString() => throw new ConfigurationException("An array is not text.");

    public bool IsArray() => true;

    public IList<HoconValue> GetArray() => this;

    public override string ToString() => "[" + string.Join(",", this) + "]";
}

/// <summary>
/// <c>${path}</c>, which stands for the value at that path; <c>${?path}</c> for nothing where there is none.
/// </summary>
public class HoconSubstitution : IHoconElement
{
    public HoconSubstitution(string path) => Path = path;

    public string Path { get; set; }

    public HoconValue? ResolvedValue { get; set; }

    internal bool Optional { get; init; }

    /// <summary>What the key had before; it stays where an optional substitution finds nothing.</summary>
    internal HoconValue? Before { get; set; }

    internal string Place { get; init; } = "";

    public bool IsString() => ResolvedValue is null || ResolvedValue.IsString();

    public string? GetString() => ResolvedValue?.GetString();

    public bool IsArray() => ResolvedValue?.IsArray() ?? false;

    public IList<HoconValue> GetArray() => ResolvedValue?.GetArray() ?? [];

    internal HoconObject? GetObject() => ResolvedValue?.GetObject();
}
