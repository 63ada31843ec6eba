using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Akka.Embedded.Tests.Soak.Books;

namespace Akka.Embedded.Tests.Soak.World;

/// <summary>
/// Epochs of chaos, each followed by quiet, the account, the end of all its actors, and the account again.
/// </summary>
internal sealed class SoakRun(SoakLimits limits, Action<string> tell)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public Findings Findings { get; } = new();

    public Tally Tally { get; } = new();

    public MessageBook Messages => _messages ??= new MessageBook(Findings);

    private MessageBook? _messages;

    /// <summary>Messages that an ended actor never took, and that never became dead letters either.</summary>
    public int LostToTheDead { get; private set; }

    public async Task Run()
    {
        using var system = ActorSystem.Create("soak", ConfigurationFactory.ParseString(
            $"akka.persistence.max-concurrent-recoveries = {limits.Recoveries}\n{Hocon}"));
        system.ActorOf(Props.Create<Undertaker>(Messages), "undertaker");
        var epoch = 0;
        do
        {
            await RunEpoch(system, epoch++);
            Tell($"epoch {epoch}: {Describe()}");
        } while (_watch.Elapsed < limits.Duration && Findings.Count == 0);

        await system.Terminate();
    }

    public string Describe() =>
        $"seed {limits.Seed}, {_watch.Elapsed.TotalSeconds:F0} s, {Messages.Sent} messages ("
        + string.Join(", ", Enum.GetValues<End>().Select(end => $"{Messages.Count(end)} {end}"))
        + $", {LostToTheDead} lost to the dead), {Tally}, "
        + $"{GC.GetTotalMemory(forceFullCollection: true) / 1024.0 / 1024.0:F1} MB";

    private const string Hocon = """
        akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }
        akka.persistence {
          journal.plugin = "soak-journal"
          snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        }
        soak-journal.class = "Akka.Embedded.Tests.Soak.World.FickleJournal, Akka.Embedded.Tests"
        """;

    private async Task RunEpoch(ActorSystem system, int number)
    {
        var epoch = new Epoch((limits.Seed * 1000) + number, limits, Messages, Findings, Tally);
        epoch.Mourner = system.ActorOf(Props.Create<Mourner>(epoch));
        var ground = epoch.Start(system, null, epoch.ChanceFor(0, 0), cell => Props.Create<Ground>(epoch, cell));
        await Task.WhenAll(Enumerable.Range(1, limits.Drivers).Select(i => Task.Run(() => Drive(epoch, i))));
        epoch.Lively = false;
        await Quiet(epoch);
        await StopAll(epoch, ground);
        await CloseBooks(system, epoch);
    }

    /// <summary>Sends notes from outside, as fast as they are worked off.</summary>
    private async Task Drive(Epoch epoch, int driver)
    {
        var chance = epoch.ChanceFor(-driver, 0);
        var sentTo = new Dictionary<int, long>();
        await Until(() => epoch.Anyone(chance) is not null);
        for (var i = 0; i < limits.NotesPerEpoch / limits.Drivers; i++)
        {
            if (epoch.Anyone(chance) is { } cell)
            {
                // Among many dead, the others need time to come.
                if (cell.Ended)
                    await Task.Delay(1);
                var number = sentTo[cell.Id] = sentTo.GetValueOrDefault(cell.Id) + 1;
                var id = Messages.Send(cell.Id);
                cell.Ref.Tell(
                    new Note(id, -driver, number, ActorRefs.NoSender, epoch.NextDeed(chance), chance.Below(60)),
                    ActorRefs.NoSender);
            }

            if (Messages.Open <= limits.OpenMessages)
                continue;
            if (await Until(() => Messages.Open < limits.OpenMessages / 2))
                continue;
            Findings.Report($"stands still with {Messages.Open} messages and {epoch.Live} actors");
            return;
        }
    }

    private async Task Quiet(Epoch epoch)
    {
        if (await Until(() => !Restless(epoch).Any()))
            return;
        foreach (var unrest in Restless(epoch, inDetail: true).Reverse().Take(10))
            Findings.Report($"after {Patience.TotalSeconds:F0} s of silence {unrest}");
    }

    private IEnumerable<string> Restless(Epoch epoch, bool inDetail = false)
    {
        if (Messages.Open > 500 && !inDetail)
            return [$"{Messages.Open} messages are on the way"];
        var notes = Messages.Outstanding()
            .Where(one => one.Receiver == 0 || !epoch.HasEnded(one.Receiver))
            .Select(one => $"message {one.Id} to actor {one.Receiver} has not ended");
        return notes.Concat(epoch.Cells
            .Select(cell => cell.Unrest(epoch.HasEnded) is { } unrest ? $"{cell} {unrest}" : null)
            .OfType<string>());
    }

    private async Task StopAll(Epoch epoch, IActorRef ground)
    {
        if (!await ground.GracefulStop(Patience))
            Findings.Report("the ground never stopped");
        epoch.Find(ground)!.End();
        if (await Until(() => epoch.Cells.All(cell => cell.Ended)))
            return;
        foreach (var cell in epoch.Cells.Where(cell => !cell.Ended).Take(10))
            Findings.Report($"never ended: {cell}, child of {cell.Parent}");
    }

    private async Task CloseBooks(ActorSystem system, Epoch epoch)
    {
        // What ended asks may still be piped to their dead actors.
        await Until(() => !Messages.Outstanding().Any());
        var sentinel = new Sentinel();
        system.DeadLetters.Tell(sentinel, ActorRefs.NoSender);
        await sentinel.Passed.Task.WaitAsync(Patience);
        foreach (var (id, receiver) in Messages.Close())
        {
            if (receiver != 0 && epoch.HasEnded(receiver))
            {
                if (++LostToTheDead <= 3)
                    tell($"message {id} was lost to {epoch.Cells.First(cell => cell.Id == receiver)}");
            }
            else
                Findings.Report($"message {id} to actor {receiver} is lost");
        }

        await epoch.Mourner.GracefulStop(Patience);
    }

    private static async Task<bool> Until(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > Patience)
                return false;
            await Task.Delay(1);
        }

        return true;
    }

    private void Tell(string line)
    {
        tell(line);
        if (limits.Report is { } file)
            File.AppendAllLines(file, [line]);
    }
}
