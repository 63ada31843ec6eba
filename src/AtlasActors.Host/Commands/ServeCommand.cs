using System.CommandLine;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Host.Running;
using AtlasActors.Host.Serving;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary><c>serve</c>: a service that takes batches over HTTP, until Ctrl-C or SIGTERM.</summary>
internal sealed class ServeCommand : Command
{
    private const string UsualFolder = "batches";

    private readonly Argument<string> _folder = new("DIR")
    {
        Description = $"Where each batch gets a folder for its results; '{UsualFolder}' where none is named.",
        DefaultValueFactory = _ => UsualFolder,
    };

    private readonly Option<string> _listen = new("--listen")
    {
        Description = "The address to listen on, of this machine alone; port 0 lets the system choose.",
        HelpName = "URL",
        DefaultValueFactory = _ => ListenAddress.Usual,
    };

    private readonly Option<string?> _publicUrl = new("--public-url")
    {
        Description = "The https address under which Atlas Cloud reaches /hooks/ here, so that it calls when a job is done.",
        HelpName = "URL",
    };

    private readonly Option<bool> _simulate = new("--simulate")
    {
        Description = "Work with the built-in simulator: no key, no account, no cost.",
    };

    private readonly Option<double> _speed = CommonOptions.Speed();

    public ServeCommand(Shell shell) : base("serve", "Take batches over HTTP and work on them, until Ctrl-C or SIGTERM.")
    {
        Add(_folder);
        Add(_listen);
        Add(_publicUrl);
        Add(_simulate);
        Add(_speed);
        CommonOptions.AddLogs(this);
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private async Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var listen = ListenAddress.Of(parse.GetRequiredValue(_listen));
        ApiChoice api = parse.GetValue(_simulate)
            ? new ApiChoice.Simulated(parse.GetValue(_speed))
            : ApiChoice.Real.Of(new Variables(shell.Environment, shell.WorkingDirectory));
        var folder = StateFolder.Of(parse.GetRequiredValue(_folder), shell.WorkingDirectory);
        var options = new ServeOptions(folder, listen, PublicUrl(parse, api), api, CommonOptions.Logs(parse));

        var interrupted = shell.Interrupts.Claim();
        folder.Make();
        using var held = FolderLock.Take(folder);
        try
        {
            await new AtlasService(shell, options).RunAsync(interrupted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            // Stopped while it was starting: nothing was taken on.
        }
        return ExitCode.Succeeded;
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
