using System.CommandLine;
using AtlasActors.Host.Remote;
using AtlasActors.Host.Running;

namespace AtlasActors.Host.Commands;

/// <summary><c>watch BATCH --to URL</c>: tells how a service's batch goes until it rests; over broken connections too.</summary>
internal sealed class WatchCommand : Command
{
    public WatchCommand(Shell shell) : base("watch", "Tell each job's end of a service's batch until it rests; exits as 'run' does.")
    {
        var (batch, to) = (RemoteOptions.Batch(), RemoteOptions.To());
        Add(batch);
        Add(to);
        Add(CommonOptions.Json());
        CommandAction.Set(this, shell, async parse =>
        {
            using var service = new ServiceClient(ServiceAddress.Of(parse.GetValue(to), shell.Variables()), shell.Clock);
            return await RemoteBatch.WatchAsync(
                shell, service, parse.GetRequiredValue(batch), CommonOptions.IsJson(parse), shell.Interrupts.Claim())
                .ConfigureAwait(false);
        });
    }
}
