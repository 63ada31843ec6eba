using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>
/// A tree of settings, read by dotted path. It does not change: <see cref="WithFallback"/> gives a new one.
/// What is missing gives the default of the call; what is there in a wrong form throws.
/// </summary>
public class Config
{
    public static readonly Config Empty = ConfigurationFactory.Empty;

    public Config()
        : this(new HoconRoot(HoconValue.OfObject(new HoconObject())))
    {
    }

    public Config(HoconRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        Root = root.Value;
        Own = root.Value;
        Substitutions = root.Substitutions;
    }

    /// <summary>What answers for the paths that this configuration itself has not.</summary>
    public Config? Fallback { get; private init; }

    public virtual HoconValue Root { get; private init; }

    public IEnumerable<HoconSubstitution> Substitutions { get; set; }

    public virtual bool IsEmpty => Root.IsEmpty;

    private HoconValue Own { get; init; }

    public virtual bool GetBoolean(string path, bool @default = false) => Read(path, v => v.GetBoolean(), @default);

    /// <summary>A size in bytes: <c>512b</c>, <c>10MiB</c>, <c>1k</c> (powers of 1024), <c>1kB</c> (of 1000).</summary>
    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    /// <inheritdoc cref="GetByteSize(string)"/>
    public virtual long? GetByteSize(string path, long? def = null) => Read(path, v => v.GetByteSize(), def);

    public virtual int GetInt(string path, int @default = 0) => Read(path, v => v.GetInt(), @default);

    public virtual long GetLong(string path, long @default = 0) => Read(path, v => v.GetLong(), @default);

    public virtual string GetString(string path, string? @default = null) => Read(path, v => v.GetString(), @default!);

    public virtual float GetFloat(string path, float @default = 0) => Read(path, v => v.GetFloat(), @default);

    public virtual decimal GetDecimal(string path, decimal @default = 0) => Read(path, v => v.GetDecimal(), @default);

    public virtual double GetDouble(string path, double @default = 0) => Read(path, v => v.GetDouble(), @default);

    public virtual IList<bool> GetBooleanList(string path) => Read(path, v => v.GetBooleanList(), []);

    public virtual IList<int> GetIntList(string path) => Read(path, v => v.GetIntList(), []);

    public virtual IList<long> GetLongList(string path) => Read(path, v => v.GetLongList(), []);

    public virtual IList<double> GetDoubleList(string path) => Read(path, v => v.GetDoubleList(), []);

    public virtual IList<decimal> GetDecimalList(string path) => Read(path, v => v.GetDecimalList(), []);

    public virtual IList<string> GetStringList(string path) => Read(path, v => v.GetStringList(), []);

    public virtual IList<string> GetStringList(string path, string[] defaultPaths) =>
        Read(path, v => v.GetStringList(), defaultPaths);

    /// <summary>The part of the tree under a path, or null where there is none.</summary>
    public virtual Config GetConfig(string path) => Find(path) is { } value ? new Config(new HoconRoot(value)) : null!;

    public HoconValue GetValue(string path) => Find(path)!;

    /// <summary>A duration: <c>5s</c>, <c>100 ms</c>, <c>infinite</c>; a plain number is milliseconds.</summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Read(path, v => v.GetTimeSpan(allowInfinite), @default.GetValueOrDefault());

    public virtual bool HasPath(string path) => Find(path) is not null;

    /// <summary>This configuration, with <paramref name="fallback"/> for the paths that it has not.</summary>
    public virtual Config WithFallback(Config? fallback)
    {
        if (ReferenceEquals(fallback, this))
            throw new ArgumentException("Config can not have itself as fallback", nameof(fallback));
        if (fallback is null || fallback.IsEmpty)
            return this;
        if (IsEmpty)
            return fallback;

        var merged = HoconObject.Merged(fallback.Root.GetObject(), Root.GetObject());
        return new Config(new HoconRoot(HoconValue.OfObject(merged), Substitutions.Concat(fallback.Substitutions)))
        {
            Own = Own,
            Fallback = Fallback is null ? fallback : Fallback.WithFallback(fallback)
        };
    }

    /// <summary>The top keys, those of the fallbacks included.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => Root.GetObject()?.Items ?? [];

    public override string ToString() => Own.ToString();

    public string ToString(bool includeFallback) => includeFallback ? Root.ToString() : ToString();

    public static Config operator +(Config config, string fallback) =>
        config.WithFallback(ConfigurationFactory.ParseString(fallback));

    public static Config operator +(string configHocon, Config fallbackConfig) =>
        ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    private HoconValue? Find(string path)
    {
        HoconValue? node = Root;
        foreach (var key in HoconPath.Split(path))
        {
            node = node.GetChildObject(key);
            if (node is null)
                return null;
        }

        return node;
    }

    private T Read<T>(string path, Func<HoconValue, T> read, T missing)
    {
        if (Find(path) is not { } value)
            return missing;
        try
        {
            return read(value);
        }
        catch (FormatException fault)
        {
            throw new FormatException($"{path}: {fault.Message}", fault);
        }
        catch (NotSupportedException fault)
        {
            throw new NotSupportedException($"{path}: {fault.Message}", fault);
        }
    }
}
