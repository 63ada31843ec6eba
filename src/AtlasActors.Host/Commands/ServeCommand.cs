using System.CommandLine;
using AtlasActors.Host.Running;
using AtlasActors.Host.Serving;
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

    private readonly Option<string?> _listen = Key(
        "--listen", "URL",
        "The address to listen on, http://127.0.0.1:8080; without keys, of this machine alone. Port 0 lets the system choose.");

    private readonly Option<string?> _publicUrl = Key(
        "--public-url", "URL",
        "The https address under which Atlas Cloud reaches /hooks/ here, so that it calls when a job is done.");

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A file of HOCON with sections 'atlas-actors' (budgets, limits, time-outs: hocon/reference.conf has every "
            + "key) and 'atlas-service' (hocon/service.conf). SIGHUP has it read again.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _check = new("--check")
    {
        Description = "Check the configuration, say what is in force, and start nothing.",
    };

    private readonly Option<bool> _simulate = new("--simulate")
    {
        Description = "Work with the built-in simulator: no key, no account, no cost.",
    };

    private readonly Option<double> _speed = CommonOptions.Speed();

    private readonly Option<string?> _rate = Key(
        "--rate", "N", "Requests a second of one caller, 50; twice as many may come at once.");

    private readonly Option<string?> _submitRate = Key(
        "--submit-rate", "N", "Batch files a second of one caller, 10; twice as many may come at once.");

    private readonly Option<string?> _maxJobs = Key("--max-jobs", "N", "How many jobs one batch may have, 100000.");

    private readonly Option<string?> _webhook = Key(
        "--webhook", "URL", "Tell this address of every job and batch that ends, where the batch's file names no other.");

    private readonly Option<string?> _stopWithin = Key(
        "--stop-within", "TIME",
        "How long a stop may take, 100s; answers that are not there by then are in doubt at the next start.");

    public ServeCommand(Shell shell) : base("serve", "Take batches over HTTP and work on them, until Ctrl-C or SIGTERM.")
    {
        Add(_folder);
        Add(_listen);
        Add(_publicUrl);
        Add(_config);
        Add(_check);
        Add(_simulate);
        Add(_speed);
        Add(_rate);
        Add(_submitRate);
        Add(_maxJobs);
        Add(_webhook);
        Add(_stopWithin);
        CommonOptions.AddLogs(this);
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private async Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var flags = FlagsOf(parse);
        var configuration = ServiceConfiguration.Read(shell, flags).Require();
        if (parse.GetValue(_check))
        {
            await shell.Out.WriteLineAsync(InForceText.Of(configuration)).ConfigureAwait(false);
            return ExitCode.Succeeded;
        }
        var options = configuration.Options;
        var interrupted = shell.Interrupts.Claim();
        options.Folder.Make();
        using var held = FolderLock.Take(options.Folder);
        try
        {
            await new AtlasService(shell, flags, configuration).RunAsync(interrupted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            // Stopped while it was starting: nothing was taken on.
        }
        return ExitCode.Succeeded;
    }

    private ServeFlags FlagsOf(ParseResult parse)
    {
        (Option Option, string Key)[] keys =
        [
            (_listen, "listen"), (_publicUrl, "public-url"), (_rate, "rate"), (_submitRate, "submit-rate"),
            (_maxJobs, "max-jobs"), (_webhook, "webhook"), (_stopWithin, "stop-within"),
            .. Options.Where(CommonOptions.IsOfLogs).Select(option => (option, option.Name.TrimStart('-'))),
        ];
        return new ServeFlags(
            parse.GetRequiredValue(_folder), parse.GetValue(_config),
            parse.GetValue(_simulate) ? parse.GetValue(_speed) : null,
            [
                .. from key in keys
                   let said = parse.GetResult(key.Option)
                   let text = said is { Implicit: false } ? said.GetValueOrDefault<string?>() : null
                   where text is not null
                   select new GivenValue(key.Key, key.Option.Name, text),
            ]);
    }

    /// <summary>What stands in for a key of the configuration is checked with it.</summary>
    private static Option<string?> Key(string name, string helpName, string description) => new(name)
    {
        Description = description, HelpName = helpName,
    };
}
