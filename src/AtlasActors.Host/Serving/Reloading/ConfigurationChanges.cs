using Akka.Configuration;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Serving.Retention;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Serving.Reloading;

/// <summary>What a configuration that was read again says otherwise.</summary>
/// <param name="Now">What a running service takes on, as sentences' parts for people.</param>
/// <param name="Later">What counts from the next start: names.</param>
internal sealed record ConfigurationChanges(IReadOnlyList<ConfigurationChange> Now, IReadOnlyList<string> Later)
{
    private const string Library = "atlas-actors";

    private static readonly string[] ServiceKeys =
        ["webhook", "rate", "submit-rate", "max-jobs", "prices", "stop-within", RetentionSettings.Section, ScheduleReader.Key];

    /// <summary>The limits of what may be in flight.</summary>
    public static IReadOnlyList<string> LimitKeys { get; } =
    [
        .. new[] { "account-limit", "submission-limit", "model-limit", "model-limits", "priority-age" }
            .Select(key => $"{Library}.{key}"),
    ];

    /// <summary>The schedules.</summary>
    public const string ScheduleKey = ServiceSettings.Section + "." + ScheduleReader.Key;

    /// <summary>The budgets.</summary>
    public const string BudgetKey = Library + ".budgets";

    /// <summary>Whether any of these keys is taken on otherwise.</summary>
    public bool Touch(params IEnumerable<string> keys) => keys.Any(key => Now.Any(change => change.Key == key));

    /// <summary>Compares. Pure.</summary>
    /// <param name="begun">What the service was started with: what needs a start is measured by that.</param>
    /// <param name="inForce">What it has taken on since.</param>
    /// <param name="read">What was read now.</param>
    public static ConfigurationChanges Between(
        ServiceConfiguration begun, ServiceConfiguration inForce, ServiceConfiguration read)
    {
        var (before, start, after) = (KeysOf(inForce), KeysOf(begun), KeysOf(read));
        var changeable = new HashSet<string>(
            [.. ServiceKeys.Select(key => $"{ServiceSettings.Section}.{key}"), .. LimitKeys, BudgetKey]);
        var now = changeable.Where(key => Mark(before, key) != Mark(after, key))
            .Select(key => new ConfigurationChange(key, Text(before, key), Text(after, key)));
        var later = start.Keys.Union(after.Keys).Except(changeable).Where(key => Mark(start, key) != Mark(after, key))
            .Concat(OtherSections(begun, read));
        return new ConfigurationChanges([.. now.OrderBy(change => change.Key)], [.. later.Order()]);

        static string Mark(Dictionary<string, Value> values, string key) => values.GetValueOrDefault(key)?.Mark ?? "";
        static string Text(Dictionary<string, Value> values, string key) => values.GetValueOrDefault(key)?.Text ?? "";
    }

    private static Dictionary<string, Value> KeysOf(ServiceConfiguration configuration)
    {
        var values = configuration.Options.Settings.Keys
            .ToDictionary(key => $"{ServiceSettings.Section}.{key.Key}", key => new Value(key.Mark, key.Text));
        foreach (var (key, text) in configuration.Library.Keys)
            values[$"{Library}.{key}"] = new Value(text, text);
        // The record has the key in it, its text has not.
        values["the API's address, key and time-outs"] = new Value(Fingerprint(configuration), "");
        return values;
    }

    private static string Fingerprint(ServiceConfiguration configuration) => configuration.Options.Api switch
    {
        Running.ApiChoice.Real real => string.Join(
            '\n', real.BaseUrl, real.Key, real.AllowPrivateAddresses, real.SubmitTimeout, real.PollTimeout, real.DownloadTimeout),
        var other => other.ToString(),
    };

    /// <summary>What the file has besides the two sections, such as <c>akka</c>.</summary>
    private static IEnumerable<string> OtherSections(ServiceConfiguration begun, ServiceConfiguration read)
    {
        var (before, after) = (Sections(begun.Options.Hocon), Sections(read.Options.Hocon));
        return before.Keys.Union(after.Keys).Except([Library, ServiceSettings.Section])
            .Where(section => before.GetValueOrDefault(section) != after.GetValueOrDefault(section));
    }

    private static Dictionary<string, string> Sections(string? hocon)
    {
        var config = ConfigurationFactory.ParseString(hocon ?? "");
        return config.IsEmpty ? [] : config.AsEnumerable().ToDictionary(section => section.Key, section => section.Value.ToString());
    }

    private sealed record Value(string Mark, string Text);
}

/// <summary>A key that is otherwise now.</summary>
/// <param name="Key">With its section.</param>
/// <param name="Before">What it was, without secrets.</param>
/// <param name="After">What it is, without secrets.</param>
internal sealed record ConfigurationChange(string Key, string Before, string After)
{
    private const int Longest = 60;

    /// <summary>Lists are only named: they are in the file.</summary>
    public override string ToString()
    {
        var isShort = Before.Length <= Longest && After.Length <= Longest && !Before.StartsWith('[') && !After.StartsWith('[');
        return isShort ? $"{Key} from {Shown(Before)} to {Shown(After)}" : Key;
    }

    private static string Shown(string text) => text.Length == 0 ? "nothing" : Texts.OneLine(text);
}
