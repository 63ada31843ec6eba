using System.Text.Json;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Remote;

/// <summary>A batch of a service, as commands look at it and wait for it.</summary>
internal static class RemoteBatch
{
    /// <summary>The path of a batch; what is no id is refused here.</summary>
    public static string Path(string id) => id.Length is > 0 and <= 100 && id.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_')
        ? $"v1/batches/{id}"
        : throw new CommandException(ExitCode.BadUsage, $"'{Texts.OneLine(id, 100)}' is no id of a batch: 'atlas-actors status --to URL' lists them.");

    /// <summary>Tells each job's end until the batch rests; the exit code is that of a run.</summary>
    public static async Task<ExitCode> WatchAsync(
        Shell shell, ServiceClient service, string id, bool json, CancellationToken interrupted)
    {
        try
        {
            return await TellAsync(shell, service, id, json, interrupted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            shell.Error.WriteLine($"The batch goes on at the service: 'atlas-actors watch {id}' tells on.");
            return ExitCode.Interrupted;
        }
    }

    private static async Task<ExitCode> TellAsync(
        Shell shell, ServiceClient service, string id, bool json, CancellationToken interrupted)
    {
        var told = new Dictionary<int, string>();
        JsonElement? rest = null;
        await foreach (var item in service.EventsAsync($"{Path(id)}/events", interrupted).ConfigureAwait(false))
        {
            using var document = JsonDocument.Parse(item.Data);
            if (json)
                shell.Out.WriteLine(Json.Line(new { Event = item.EventType, Data = document.RootElement }));
            else if (item.EventType == "job" && RemoteText.Job(document.RootElement) is { } line
                // What is told again after a break was told before.
                && told.GetValueOrDefault(RemoteText.Number(document.RootElement, "number")) != line)
                shell.Out.WriteLine(told[RemoteText.Number(document.RootElement, "number")] = line);
            if (item.EventType == "end") rest = document.RootElement.Clone();
            shell.Out.Flush();
        }
        if (!json && rest is { } batch) shell.Out.Write(RemoteText.Whole(batch));
        return rest is { } end ? CodeOf(end) : ExitCode.Fault;
    }

    private static ExitCode CodeOf(JsonElement batch) => (RemoteText.Word(batch, "state"), RemoteText.Word(batch, "halt")) switch
    {
        ("halted", "key_refused" or "out_of_balance") => ExitCode.AccountRefused,
        ("halted", "budget_reached") => ExitCode.BudgetReached,
        ("halted", "paused") or ("idle", _) => ExitCode.Interrupted,
        ("halted", _) => ExitCode.Fault,
        _ when Count(batch, "refused") > 0 => ExitCode.BudgetReached,
        _ when Count(batch, "succeeded") < RemoteText.Number(batch, "total") => ExitCode.SomeFailed,
        _ => ExitCode.Succeeded,
    };

    private static int Count(JsonElement batch, string stage) =>
        batch.TryGetProperty("counts", out var counts) ? RemoteText.Number(counts, stage) : 0;
}
