using System.CommandLine;
using Akka.Configuration;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Host.Running;
using AtlasActors.Host.Serving;
using AtlasActors.Host.Serving.Callers;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary><c>serve</c>: a service that takes batches over HTTP, until Ctrl-C or SIGTERM.</summary>
internal sealed class ServeCommand : Command
{
    /// <summary>The service's folder where none is named.</summary>
    public const string UsualFolder = "batches";

    private readonly Argument<string> _folder = new("DIR")
    {
        Description = $"Where each batch gets a folder for its results; '{UsualFolder}' where none is named.",
        DefaultValueFactory = _ => UsualFolder,
    };

    private readonly Option<string> _listen = new("--listen")
    {
        Description = "The address to listen on; without keys, of this machine alone. Port 0 lets the system choose.",
        HelpName = "URL",
        DefaultValueFactory = _ => ListenAddress.Usual,
    };

    private readonly Option<string?> _publicUrl = new("--public-url")
    {
        Description = "The https address under which Atlas Cloud reaches /hooks/ here, so that it calls when a job is done.",
        HelpName = "URL",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A file of HOCON with a section 'atlas-actors': budgets, limits, time-outs. hocon/reference.conf has every key.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _simulate = new("--simulate")
    {
        Description = "Work with the built-in simulator: no key, no account, no cost.",
    };

    private readonly Option<double> _speed = CommonOptions.Speed();

    private readonly Option<double> _rate = CommonOptions.Positive(
        "--rate", "N", "Requests a second of one caller, 50; twice as many may come at once.",
        ServiceLimits.Usual.Requests.PerSecond);

    private readonly Option<double> _submitRate = CommonOptions.Positive(
        "--submit-rate", "N", "Batch files a second of one caller, 10; twice as many may come at once.",
        ServiceLimits.Usual.Submissions.PerSecond);

    private readonly Option<int?> _maxJobs = CommonOptions.Whole(
        "--max-jobs", "N", "How many jobs one batch may have, 100000.", 1, 1_000_000);

    private readonly Option<string?> _webhook = new("--webhook")
    {
        Description = "Tell this address of every job and batch that ends, where the batch's file names no other.",
        HelpName = "URL",
    };

    public ServeCommand(Shell shell) : base("serve", "Take batches over HTTP and work on them, until Ctrl-C or SIGTERM.")
    {
        Add(_folder);
        Add(_listen);
        Add(_publicUrl);
        Add(_config);
        Add(_simulate);
        Add(_speed);
        Add(_rate);
        Add(_submitRate);
        Add(_maxJobs);
        Add(_webhook);
        CommonOptions.AddLogs(this);
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private async Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var listen = ListenAddress.Of(parse.GetRequiredValue(_listen));
        ApiChoice api = parse.GetValue(_simulate)
            ? new ApiChoice.Simulated(parse.GetValue(_speed))
            : ApiChoice.Real.Of(shell.Variables());
        var folder = StateFolder.Of(parse.GetRequiredValue(_folder), shell.WorkingDirectory);
        ListenAddress.RequireKeys(listen, new KeyFile(folder.Keys).Read().Count, folder.Shown);
        var config = parse.GetValue(_config);
        var hocon = ConfigurationFile.Read(config, shell);
        var options = new ServeOptions(
            folder, listen, PublicUrl(parse, api), api, CommonOptions.Logs(parse), LimitsOf(parse))
        {
            Hocon = hocon,
            Settings = ConfigurationFile.Settings(hocon, config, shell),
            Webhooks = WebhooksOf(parse, shell.Variables()),
        };

        var interrupted = shell.Interrupts.Claim();
        folder.Make();
        using var held = FolderLock.Take(folder);
        try
        {
            await new AtlasService(shell, options).RunAsync(interrupted).ConfigureAwait(false);
        }
        catch (ConfigurationException fault)
        {
            throw new CommandException(ExitCode.BadUsage, fault.Message);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            // Stopped while it was starting: nothing was taken on.
        }
        return ExitCode.Succeeded;
    }

    private ServiceLimits LimitsOf(ParseResult parse) => ServiceLimits.Usual with
    {
        Requests = new Rate(parse.GetValue(_rate)),
        Submissions = new Rate(parse.GetValue(_submitRate)),
        JobsPerBatch = parse.GetValue(_maxJobs) ?? ServiceLimits.Usual.JobsPerBatch,
    };

    private WebhookSettings WebhooksOf(ParseResult parse, Variables variables)
    {
        var settings = new WebhookSettings(parse.GetValue(_webhook), ApiChoice.Real.MayBePrivate(variables));
        return settings.Url is { } url && WebhookAddress.Fault(url, settings.ArePrivateAllowed) is { } fault
            ? throw new CommandException(ExitCode.BadUsage, $"--webhook {fault}")
            : settings;
    }

    private Uri? PublicUrl(ParseResult parse, ApiChoice api)
    {
        if (parse.GetValue(_publicUrl) is not { } text)
            return null;
        var caller = api is ApiChoice.Real real ? real.BaseUrl : new Uri(ListenAddress.Usual);
        var fault = Uri.TryCreate(text, UriKind.Absolute, out var url)
            ? PublicAddress.Fault(url, caller)
            : $"is '{text}', and must be an address such as https://media.example.org.";
        return fault is null ? url : throw new CommandException(ExitCode.BadUsage, $"--public-url {fault}");
    }
}
