using System.CommandLine;
using AtlasActors.Host.Remote;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary><c>cancel BATCH --to URL</c>: what a service's batch has not submitted is never made; what Atlas has is seen through.</summary>
internal sealed class CancelCommand : Command
{
    public CancelCommand(Shell shell)
        : base("cancel", "Cancel a service's batch: what waits is never made; what Atlas has is paid for, and seen through.")
    {
        var (batch, to) = (RemoteOptions.Batch(), RemoteOptions.To());
        Add(batch);
        Add(to);
        Add(CommonOptions.Json());
        CommandAction.Set(this, shell, async parse =>
        {
            using var service = new ServiceClient(ServiceAddress.Of(parse.GetValue(to), shell.Variables()), shell.Clock);
            var answer = await service.PostAsync(
                $"{RemoteBatch.Path(parse.GetRequiredValue(batch))}/cancel", null, shell.Interrupts.Claim()).ConfigureAwait(false);
            if (CommonOptions.IsJson(parse)) Json.Write(shell.Out, answer);
            else shell.Out.Write(RemoteText.Whole(answer));
            return ExitCode.Succeeded;
        });
    }
}
