using Akka.Configuration;
using Akka.Configuration.Hocon;
using AtlasActors.Costs;
using AtlasActors.Gate;

namespace AtlasActors.Hosting;

/// <summary>
/// What options and their HOCON say, read and checked as a start does it, without starting anything: for hosts that tell all
/// their faults at once, or read their configuration again while they run.
/// </summary>
public sealed record AtlasHocon
{
    private const string Secret = "(secret)";

    private AtlasHocon(AtlasSettings settings, IReadOnlyDictionary<string, string> keys) =>
        (Limits, Budgets, SubmitPatience, Keys) = (settings.Gate, settings.Budgets, settings.SubmitPatience, keys);

    /// <summary>How much may be in flight; <see cref="IAtlasBatches.SetLimitsAsync"/> takes it.</summary>
    public GateLimits Limits { get; }

    /// <summary>The most that batches may spend together; <see cref="IAtlasBatches.SetBudgetsAsync"/> takes it.</summary>
    public IReadOnlyList<Budget> Budgets { get; }

    /// <summary>The longest that a submission's answer can take: a stop that waits for less may leave some in doubt.</summary>
    public TimeSpan SubmitPatience { get; }

    /// <summary>
    /// Every key of <c>atlas-actors</c> with what is in force, as HOCON writes it; those within a section with its name before
    /// them, <c>journal.file</c>. The API's key and connection strings are left out.
    /// </summary>
    public IReadOnlyDictionary<string, string> Keys { get; }

    /// <summary>Reads <see cref="AtlasActorsOptions.Hocon"/> and checks it and the options.</summary>
    /// <param name="options">What a start would be given.</param>
    /// <param name="faults">All that is wrong is added to it, a sentence each; what is read is then of no use.</param>
    /// <exception cref="Exception">The HOCON cannot be parsed at all: Akka.NET's parser has no one kind of exception.</exception>
    public static AtlasHocon Read(AtlasActorsOptions options, ICollection<string> faults)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faults);
        var config = ConfigurationFactory.ParseString(options.Hocon ?? "")
            .WithFallback(AtlasConfiguration.Reference).WithFallback(ConfigurationFactory.Default());
        var from = new SettingsReader(config, AtlasConfiguration.Reference);
        // No variable stands in for options that code gave.
        var read = AtlasConfiguration.Read(from, options, _ => null);
        foreach (var fault in from.Faults) faults.Add(fault);
        var keys = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (from.Faults.Count == 0) Flatten("", config.GetConfig(SettingsReader.Section).AsEnumerable(), keys);
        return new AtlasHocon(read.Settings, keys);
    }

    private static void Flatten(
        string head, IEnumerable<KeyValuePair<string, HoconValue>> items, SortedDictionary<string, string> keys)
    {
        foreach (var (key, value) in items)
        {
            var path = head + key;
            if (value.IsObject()) Flatten($"{path}.", value.GetObject().Items, keys);
            else keys[path] = IsSecret(key, value) ? Secret : TextOf(value);
        }
    }

    private static bool IsSecret(string key, HoconValue value) =>
        key is "api-key" or "connection-string" && value.IsString() && !string.IsNullOrEmpty(value.GetString());

    private static string TextOf(HoconValue value) => value.IsString() ? value.GetString() ?? "" : value.ToString();
}
