using System.Net;
using Akka.Configuration;
using AtlasActors.Costs;
using AtlasActors.Host.Logs;
using AtlasActors.Host.Serving;
using AtlasActors.Host.Serving.Retention;
using AtlasActors.Host.Serving.Scheduling;

namespace AtlasActors.Host.Settings;

/// <summary>
/// What the service itself is told: by flags, by the environment, by the section <c>atlas-service</c> of the configuration
/// file, and behind all of them by <c>hocon/service.conf</c>.
/// </summary>
internal sealed record ServiceSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "atlas-service";

    private static readonly TimeSpan LeastStop = TimeSpan.FromSeconds(1), MostStop = TimeSpan.FromHours(1);

    private static readonly string Reference = ReadReference();

    /// <summary>Where it listens.</summary>
    public IPEndPoint Listen { get; init; } = ListenAddress.Usual;

    /// <summary>The address under which Atlas reaches it; null for none.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Who is told of what it did where a batch's file names nobody; null for nobody.</summary>
    public string? Webhook { get; init; }

    /// <summary>How much is taken from callers.</summary>
    public ServiceLimits Limits { get; init; } = ServiceLimits.Usual;

    /// <summary>Prices over the usual ones.</summary>
    public IReadOnlyDictionary<string, ModelPrice> Prices { get; init; } = new Dictionary<string, ModelPrice>();

    /// <summary>How long a stop may take.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Batches that begin by themselves.</summary>
    public IReadOnlyList<ScheduleSettings> Schedules { get; init; } = [];

    /// <summary>How long the service keeps what it could do without.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>What is logged.</summary>
    public LogSettings Logs { get; init; } = LogSettings.Default;

    /// <summary>Every key, as it is in force.</summary>
    public IReadOnlyList<SettingInForce> Keys { get; init; } = [];

    /// <summary>What a key is called by who said it: a flag, a variable, or its path in the file.</summary>
    public string NameOf(string key) =>
        Keys.FirstOrDefault(one => one.Key == key) is { IsSaidElsewhere: true } said ? said.Origin : $"{Section}.{key}";

    /// <summary>The keys that there are: those of <c>hocon/service.conf</c>.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [.. ConfigurationFactory.ParseString(Reference).GetConfig(Section).AsEnumerable().Select(entry => entry.Key)];

    /// <summary>Reads them; adds what is wrong to <paramref name="faults"/>, and goes on with what is usual in its place.</summary>
    /// <param name="hocon">The file's text, which can be parsed; null where there is no file.</param>
    /// <param name="given">What was said elsewhere, the more important later.</param>
    /// <param name="faults">Where what is wrong is gathered.</param>
    /// <param name="folder">Where the files lie that it names; the working directory where null.</param>
    /// <param name="arePrivateAllowed">Whether webhooks may go to private addresses.</param>
    public static ServiceSettings Read(
        string? hocon, IReadOnlyList<GivenValue> given, List<string> faults, string? folder = null, bool arePrivateAllowed = false)
    {
        // Of two that say the same in one text the later wins, key by key.
        var file = SectionReader.Of(ConfigurationFactory.ParseString($"{Reference}\n{hocon}"), Section, faults);
        file.KnowOnly(Known);
        var section = file.With(given);
        return new ServiceSettings
        {
            Listen = ListenAddress.Read(section, "listen") ?? ListenAddress.Usual,
            PublicUrl = Address(section, "public-url", "https://media.example.org"),
            Webhook = section.Text("webhook"),
            Limits = LimitsOf(section),
            Prices = PriceList.Read(section, "prices"),
            StopWithin = StopOf(section),
            Schedules = new ScheduleReader(folder ?? Directory.GetCurrentDirectory(), arePrivateAllowed).Read(section),
            Retention = RetentionSettings.Read(section.Section(RetentionSettings.Section)),
            Logs = LogsOf(section),
            Keys = [.. Known.Select(key => SettingInForce.Of(key, section, hocon, given))],
        };
    }

    private static Uri? Address(SectionReader section, string key, string example)
    {
        if (section.Text(key) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url)) return url;
        section.Fault(key, $"is '{text}', and must be an address such as {example}.");
        return null;
    }

    private static ServiceLimits LimitsOf(SectionReader section)
    {
        var usual = ServiceLimits.Usual;
        return usual with
        {
            Requests = RateOf("rate") ?? usual.Requests,
            Submissions = RateOf("submit-rate") ?? usual.Submissions,
            JobsPerBatch = section.Count("max-jobs", 1, 1_000_000) ?? usual.JobsPerBatch,
        };

        Rate? RateOf(string key) => section.Number(key, 0.001, 1_000_000) is { } rate ? new Rate(rate) : null;
    }

    private static TimeSpan StopOf(SectionReader section)
    {
        const string key = "stop-within";
        var usual = new ServiceSettings().StopWithin;
        if (section.Duration(key) is not { } within) return usual;
        if (within >= LeastStop && within <= MostStop) return within;
        section.Fault(key, $"is '{section.Text(key)}': give a time from 1s to 1h.");
        return usual;
    }

    private static LogSettings LogsOf(SectionReader section) => new(
        section.Word("log-level", LogSettings.Levels) ?? LogSettings.Default.Level,
        section.Word("log-format", LogSettings.Formats) ?? LogSettings.Default.Format);

    private static string ReadReference()
    {
        using var stream = typeof(ServiceSettings).Assembly.GetManifestResourceStream("AtlasActors.Host.service.conf")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
