using Akka.Configuration;
using AtlasActors.Atlas.Webhooks;

namespace AtlasActors.Hosting;

/// <summary>All that AtlasActors is told, by options, by HOCON and by the environment, and found to be in order.</summary>
/// <param name="Options">Who uses it, and where; read from HOCON where no code gave them.</param>
/// <param name="Settings">The numbers.</param>
/// <param name="Journal">The database of AtlasActors' own journal, or null where it uses others.</param>
internal sealed record AtlasConfiguration(AtlasActorsOptions Options, AtlasSettings Settings, OwnJournal? Journal)
{
    /// <summary><c>hocon/reference.conf</c>: every key with its default.</summary>
    public static Config Reference { get; } =
        ConfigurationFactory.FromResource<AtlasConfiguration>("AtlasActors.reference.conf");

    /// <param name="config">A whole configuration, the reference among its fallbacks.</param>
    /// <param name="given">Options from code, or null.</param>
    /// <param name="environment">The environment's variables.</param>
    /// <exception cref="ConfigurationException">Something is missing or makes no sense; the message has all of it.</exception>
    public static AtlasConfiguration Read(Config config, AtlasActorsOptions? given, Func<string, string?> environment)
    {
        var from = new SettingsReader(config, Reference);
        var read = Read(from, given, environment);
        from.ThrowIfFaulty();
        return read;
    }

    /// <summary>The same, with what is wrong left to the reader to tell.</summary>
    public static AtlasConfiguration Read(SettingsReader from, AtlasActorsOptions? given, Func<string, string?> environment)
    {
        if (given is not null) Check(given, from);
        var options = given ?? ReadOptions(from, environment);
        var settings = AtlasSettings.Read(from).With(options);
        if (given?.Budgets is { } budgets) settings = settings with { Budgets = [.. budgets] };
        var journal = OwnJournal.Read(from, options, settings.Plugins);
        return new AtlasConfiguration(options, settings, journal);
    }

    private static void Check(AtlasActorsOptions given, SettingsReader from)
    {
        const string options = nameof(AtlasActorsOptions);
        if (string.IsNullOrWhiteSpace(given.OutputDir))
            from.Fault($"{options}.{nameof(given.OutputDir)} is empty: name the folder for the results.");
        if (!AtlasEnvironment.IsAddress(given.BaseUrl))
            from.Fault($"{options}.{nameof(given.BaseUrl)} is '{given.BaseUrl}': "
                + $"give an http or https address such as {AtlasEnvironment.DefaultAddress}.");
        if (!AtlasEnvironment.IsKey(given.ApiKey))
            from.Fault($"{options}.{nameof(given.ApiKey)} is empty or holds a character that no key has: copy it again.");
        if (given.PublicUrl is { } url && PublicAddress.Fault(url, given.BaseUrl) is { } fault)
            from.Fault($"{options}.{nameof(given.PublicUrl)} {fault}");
        CheckTimeout(nameof(given.SubmitTimeout), given.SubmitTimeout);
        CheckTimeout(nameof(given.PollTimeout), given.PollTimeout);
        CheckTimeout(nameof(given.DownloadTimeout), given.DownloadTimeout);
        if (given.Budgets is { } budgets) BudgetReader.Check(from, budgets);
        if (given.Haste is not (> 0 and < double.PositiveInfinity))
            from.Fault($"{options}.{nameof(given.Haste)} is {given.Haste}: give a number above 0, 1 for real life.");

        void CheckTimeout(string name, TimeSpan? timeout)
        {
            if (timeout is { } given && !CallTimeouts.IsOne(given))
                from.Fault($"{options}.{name} is {given}: give a time from 10 ms to a day.");
        }
    }

    private static AtlasActorsOptions ReadOptions(SettingsReader from, Func<string, string?> environment)
    {
        // In the order of the reference: faults are told in it.
        var outputDir = OutputDir(from);
        var baseUrl = BaseUrl(from, environment);
        return new AtlasActorsOptions
        {
            OutputDir = outputDir,
            BaseUrl = baseUrl,
            ApiKey = ApiKey(from, environment),
            PublicUrl = PublicUrl(from, baseUrl),
            FolderPerBatch = from.Switch("folder-per-batch"),
            ContinueUnfinished = from.Switch("continue-unfinished"),
            AllowPrivateAddresses = from.Switch("allow-private-addresses"),
        };
    }

    private static Uri? PublicUrl(SettingsReader from, Uri api)
    {
        const string key = "public-url";
        var written = from.Text(key);
        if (written.Length == 0) return null;
        if (!Uri.TryCreate(written, UriKind.Absolute, out var url))
            from.Fault(key, $"is '{written}': give an address such as https://media.example.org.");
        else if (PublicAddress.Fault(url, api) is { } fault)
            from.Fault(key, fault);
        return url;
    }

    private static string OutputDir(SettingsReader from)
    {
        var folder = from.Text("output-dir");
        if (folder.Length == 0)
            from.Fault("output-dir", "is missing: name the folder for the results, such as output-dir = \"pictures\".");
        return folder;
    }

    private static Uri BaseUrl(SettingsReader from, Func<string, string?> environment)
    {
        var written = from.Text("base-url");
        var text = written.Length > 0 ? written : AtlasEnvironment.Address(environment) ?? AtlasEnvironment.DefaultAddress;
        if (AtlasEnvironment.AsAddress(text) is { } url) return url;
        var advice = $"is '{text}': give an http or https address such as {AtlasEnvironment.DefaultAddress}.";
        if (written.Length > 0) from.Fault("base-url", advice);
        else from.Fault($"{AtlasEnvironment.AddressVariable} in the environment {advice}");
        return new Uri(AtlasEnvironment.DefaultAddress);
    }

    /// <summary>No fault shows the key, however wrong it is.</summary>
    private static string ApiKey(SettingsReader from, Func<string, string?> environment)
    {
        var written = from.Text("api-key");
        var key = written.Length > 0 ? written : AtlasEnvironment.Key(environment) ?? "";
        if (key.Length == 0)
            from.Fault("api-key", $"is missing: set it there, or {AtlasEnvironment.KeyAdvice}.");
        else if (!AtlasEnvironment.IsKey(key))
            from.Fault("api-key", "holds spaces or other characters that no key has, there or in the environment: copy it again.");
        return key;
    }
}
