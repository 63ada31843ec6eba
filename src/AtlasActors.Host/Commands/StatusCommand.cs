using System.CommandLine;
using AtlasActors.Batches;
using AtlasActors.Host.Remote;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary><c>status [DIR]</c>: looks at the batch of a folder, whoever works on it, and changes nothing.</summary>
internal sealed class StatusCommand : Command
{
    private readonly Argument<string?> _folder = new("DIR")
    {
        Description = "The output folder. Default: the working directory if it has a batch, else pipeline_output. "
                      + "With --to, a batch's id; default: the newest 50.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _to = RemoteOptions.To();

    public StatusCommand(Shell shell)
        : base("status", "Tell how far the batch of an output folder is, or with --to a service's batches; changes nothing.")
    {
        Add(_folder);
        Add(_to);
        Add(CommonOptions.Json());
        CommonOptions.AddLogs(this);
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private async Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        if (parse.GetValue(_to) is { } to)
            return await TellRemoteAsync(shell, parse, to).ConfigureAwait(false);
        var folder = StateFolder.Existing(parse.GetValue(_folder), shell.WorkingDirectory);
        var holder = FolderLock.Holder(folder);
        var report = await LookAsync(shell, folder, CommonOptions.Logs(parse), isHeld: holder is not null)
            .ConfigureAwait(false);
        if (CommonOptions.IsJson(parse))
            Json.Write(shell.Out, JsonReport.Of(report, message: null, ExitCode.Succeeded));
        else
            shell.Out.Write(StatusText.Of(report, holder, shell.Clock.GetUtcNow()));
        return ExitCode.Succeeded;
    }

    private async Task<ExitCode> TellRemoteAsync(Shell shell, ParseResult parse, string to)
    {
        using var service = new ServiceClient(ServiceAddress.Of(to, shell.Variables()), shell.Clock);
        var id = parse.GetValue(_folder);
        var path = id is null ? "v1/batches" : RemoteBatch.Path(id);
        var answer = await service.GetAsync(path, shell.Interrupts.Claim()).ConfigureAwait(false);
        if (CommonOptions.IsJson(parse))
            Json.Write(shell.Out, answer);
        else if (id is not null)
            shell.Out.Write(RemoteText.Whole(answer));
        else
            foreach (var batch in answer.GetProperty("batches").EnumerateArray()) shell.Out.Write(RemoteText.Batch(batch));
        return ExitCode.Succeeded;
    }

    private static async Task<RunReport> LookAsync(Shell shell, StateFolder folder, Logs.LogSettings logs, bool isHeld)
    {
        var session = await BatchSession.LookAsync(shell, folder, logs, CancellationToken.None).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var batch = await session.CurrentAsync(CancellationToken.None).ConfigureAwait(false)
                        ?? throw EarlierBatch.NoBatch(folder);
            // Here nobody works on it; there another process does.
            if (isHeld && batch.Phase == BatchPhase.Idle)
                batch = batch with { Phase = BatchPhase.Running };
            var jobs = await session.Batches.GetJobsAsync(batch.Id, CancellationToken.None).ConfigureAwait(false);
            return new RunReport(batch, jobs, [], folder, Duration: null);
        }
    }
}
