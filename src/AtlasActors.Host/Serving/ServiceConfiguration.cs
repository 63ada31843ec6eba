using AtlasActors.Atlas.Webhooks;
using AtlasActors.Host.Running;
using AtlasActors.Host.Serving.Callers;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Settings;
using AtlasActors.Hosting;

namespace AtlasActors.Host.Serving;

/// <summary>
/// All that a service is told, by flags, the environment, its file and the defaults behind them, checked as a whole: what is
/// wrong is gathered, and nothing is begun.
/// </summary>
/// <param name="Options">What <c>serve</c> is to be.</param>
/// <param name="Library">What the section <c>atlas-actors</c> says.</param>
/// <param name="Faults">All that is wrong, a sentence each; the rest is then of no use.</param>
internal sealed record ServiceConfiguration(ServeOptions Options, AtlasHocon Library, IReadOnlyList<string> Faults)
{
    /// <summary>The variable that names the file where no flag does.</summary>
    public const string FileVariable = "ATLAS_SERVICE_CONFIG";

    /// <summary>Variables that containers are usually given, by the keys that they stand for.</summary>
    public static IReadOnlyDictionary<string, string> KeyVariables { get; } = new Dictionary<string, string>
    {
        ["listen"] = "ATLAS_SERVICE_LISTEN",
        ["public-url"] = "ATLAS_SERVICE_PUBLIC_URL",
        ["webhook"] = "ATLAS_SERVICE_WEBHOOK",
        ["stop-within"] = "ATLAS_SERVICE_STOP_WITHIN",
        ["log-level"] = "ATLAS_SERVICE_LOG_LEVEL",
        ["log-format"] = "ATLAS_SERVICE_LOG_FORMAT",
    };

    /// <summary>Stands in for the simulator's address, which it has when it listens.</summary>
    public static Uri SomeSimulator { get; } = new("http://127.0.0.1/");

    /// <summary>Stands in for an API that is not named well enough, so that the rest can be checked.</summary>
    private static readonly ApiChoice Unknown = new ApiChoice.Simulated(1);

    /// <summary>Reads all of it as it is now.</summary>
    public static ServiceConfiguration Read(Shell shell, ServeFlags flags)
    {
        var faults = new List<string>();
        // As they are now: .env may have changed.
        var variables = shell.Variables();
        var file = flags.ConfigFile ?? variables.Find(FileVariable);
        var hocon = Try(() => ConfigurationFile.Read(file, shell), faults);
        var arePrivateAllowed = Try(() => ApiChoice.Real.MayBePrivate(variables), faults);
        var settings = ServiceSettings.Read(
            hocon, [.. Try(() => Given(variables), faults) ?? [], .. flags.Given], faults, ConfigurationFile.FolderOf(file, shell),
            arePrivateAllowed);
        ApiChoice? api = flags.SimulatedSpeed is { } speed
            ? new ApiChoice.Simulated(speed)
            : ApiChoice.Real.Find(variables, faults);
        var options = new ServeOptions(
            StateFolder.Of(flags.Folder, shell.WorkingDirectory), api ?? Unknown, settings)
        {
            Hocon = hocon, ArePrivateAllowed = arePrivateAllowed,
        };
        faults.AddRange(Try(() => FaultsOf(options, variables).ToList(), faults) ?? []);
        var library = AtlasHocon.Read(options.ForAtlas(SomeSimulator, publicUrl: null), faults);
        return new ServiceConfiguration(options, library, [.. faults.Distinct()]);
    }

    /// <summary>This, where nothing is wrong with it.</summary>
    /// <exception cref="CommandException">Something is; the message has all of it.</exception>
    public ServiceConfiguration Require() => Faults.Count == 0
        ? this
        : throw new CommandException(ExitCode.BadUsage, Faults is [var only]
            ? only
            : string.Join("\n- ", ["The service is not configured well enough to start:", .. Faults]));

    private static List<GivenValue> Given(Variables variables) =>
    [
        .. from variable in KeyVariables
           let text = variables.Find(variable.Value)
           where text is not null
           select new GivenValue(variable.Key, variable.Value, text),
    ];

    /// <summary>What can be seen only of several things together.</summary>
    private static IEnumerable<string> FaultsOf(ServeOptions options, Variables variables)
    {
        var settings = options.Settings;
        var keys = new KeyFile(options.Folder.Keys).Read().Count;
        if (ListenAddress.KeysFault(settings.Listen, keys, options.Folder.Shown) is { } open)
            yield return $"{settings.NameOf("listen")} {open}";
        var caller = options.Api is ApiChoice.Real real ? real.BaseUrl : SomeSimulator;
        if (settings.PublicUrl is { } url && PublicAddress.Fault(url, caller) is { } unreached)
            yield return $"{settings.NameOf("public-url")} {unreached}";
        if (settings.Webhook is { } webhook && WebhookAddress.Fault(webhook, options.ArePrivateAllowed) is { } refused)
            yield return $"{settings.NameOf("webhook")} {refused}";
        if (WebhookSecret.VariableFault(variables) is { } noSecret)
            yield return noSecret;
    }

    private static T? Try<T>(Func<T> read, List<string> faults)
    {
        try
        {
            return read();
        }
        catch (CommandException fault)
        {
            faults.Add(fault.Message);
            return default;
        }
    }
}
