using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using Xunit;

namespace AtlasActors.Tests.Support;

/// <summary>
/// Tests of the actors under <c>/user/atlas</c>: a scripted Atlas, a journal in memory, a clock that only tests move, and
/// an output folder of their own.
/// </summary>
public abstract class AtlasSpecs : Akka.TestKit.Xunit2.TestKit
{
    private static readonly Config Settings = ConfigurationFactory.ParseString("""
        akka.loglevel = WARNING
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        akka.test.single-expect-default = 30s
        akka.test.default-timeout = 30s
        """);

    protected AtlasSpecs(string settings = "") : base(ConfigurationFactory.ParseString(settings).WithFallback(Settings)) { }

    private protected ScriptedAtlas Atlas { get; } = new();

    /// <summary>Where Atlas calls back; null for a host without a public address.</summary>
    private protected WebhookAddresses? Callbacks { get; set; }

    private protected string OutputDir { get; } = Directory.CreateTempSubdirectory("atlas-actors-specs-").FullName;

    private protected TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    private protected IActorRef StartAtlas(
        string name = "atlas", bool continueUnfinished = false, AtlasSettings? settings = null) => Sys.ActorOf(
        AtlasSupervisor.Props(new AtlasParts(
            Atlas, Atlas, Atlas, settings ?? Some.Settings, OutputDir, "out", "https://api.example", continueUnfinished, new Random(7))
        {
            Callbacks = Callbacks,
        }), name);

    private protected BatchView Begin(IActorRef atlas, BatchDefinition definition, Usd? budget = null)
    {
        atlas.Tell(new BatchCommands.StartBatch(definition, budget), TestActor);
        return ExpectMsg<BatchView>();
    }

    private protected BatchView Look(IActorRef atlas, BatchId id)
    {
        var probe = CreateTestProbe();
        atlas.Tell(new BatchQueries.GetBatch(id), probe.Ref);
        return probe.ExpectMsg<BatchAnswer>().Batch!;
    }

    private protected IReadOnlyList<JobView> LookAtJobs(IActorRef atlas, BatchId id)
    {
        var probe = CreateTestProbe();
        atlas.Tell(new BatchQueries.GetJobs(id), probe.Ref);
        return probe.ExpectMsg<JobsAnswer>().Jobs;
    }

    private protected BatchView Ask(IActorRef atlas, IBatchCommand command)
    {
        var probe = CreateTestProbe();
        atlas.Tell(command, probe.Ref);
        return probe.ExpectMsg<BatchView>();
    }

    /// <summary>Moves the clock on, second by second, until the batch is as expected.</summary>
    private protected BatchView RunUntil(IActorRef atlas, BatchId id, Func<BatchView, bool> isAsExpected)
    {
        BatchView view = null!;
        AwaitCondition(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            view = Look(atlas, id);
            return isAsExpected(view);
        }, TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(1));
        return view;
    }

    private protected BatchView RunToRest(IActorRef atlas, BatchId id) =>
        RunUntil(atlas, id, view => view.Phase is BatchPhase.Finished or BatchPhase.Halted or BatchPhase.Idle);

    protected override void AfterAll()
    {
        base.AfterAll();
        for (var tries = 0; Directory.Exists(OutputDir); tries++)
        {
            try
            {
                Directory.Delete(OutputDir, recursive: true);
            }
            catch (IOException) when (tries < 10_000)
            {
                // A manifest that was being written as the system ended appears while its folder goes.
                Thread.Yield();
            }
        }
    }
}
