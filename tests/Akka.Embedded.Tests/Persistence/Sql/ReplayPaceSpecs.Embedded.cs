using System.Text;
using Akka.Actor;
using Akka.Embedded.Tests.Persistence.Support;
using Akka.Persistence;
using Akka.Serialization;
using Xunit;

namespace Akka.Embedded.Tests.Persistence.Sql;

/// <summary>How far the journal reads ahead of an actor that takes its time.</summary>
public sealed class ReplayPaceSpecs : IAsyncLifetime
{
    private const int Events = 5000;
    private const int FurthestAhead = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly PersistentSystem _system;
    private readonly string _file;

    public ReplayPaceSpecs()
    {
        _file = _folder.File("pace.db");
        _system = new PersistentSystem(
            $$"""
            akka.actor {
              serializers.step = "{{typeof(StepSerializer).AssemblyQualifiedName}}"
              serialization-bindings { "{{typeof(Step).AssemblyQualifiedName}}" = step }
            }
            {{PersistentSystem.Sqlite(_file)}}
            """);
    }

    private StepSerializer Serializer =>
        (StepSerializer)_system.Actors.Serialization.FindSerializerForType(typeof(Step));

    public async Task InitializeAsync()
    {
        var writer = Start(_ => { });
        await writer.Ask<string>("write", Patience);
        await PersistentSystem.Stop(writer);
    }

    public async Task DisposeAsync()
    {
        await _system.DisposeAsync();
        _folder.Delete();
    }

    [Fact]
    public async Task A_slow_actor_does_not_find_its_whole_past_in_its_mailbox()
    {
        var serializer = Serializer;
        var (told, furthest) = (0, 0);

        var walker = Start(step =>
        {
            if (told++ == 0)
                Assert.True(serializer.ReadMany.Wait(Patience));
            Assert.Equal(told, step.Number);
            furthest = Math.Max(furthest, serializer.Read - told);
        });

        Assert.Equal($"{Events} steps", await walker.Ask<string>("how many?", Patience));
        Assert.InRange(furthest, FurthestAhead / 2, FurthestAhead);
    }

    [Fact]
    public async Task The_journal_stops_reading_for_an_actor_that_gave_up_midway()
    {
        var serializer = Serializer;
        var walker = Start(_ =>
        {
            Assert.True(serializer.ReadMany.Wait(Patience));
            throw new InvalidOperationException("enough");
        });
        await walker.WatchAsync().WaitAsync(Patience);

        // A reader that is still at it keeps the log from being emptied.
        var patience = DateTime.UtcNow + Patience;
        while (Database.Rows(_file, "PRAGMA wal_checkpoint(TRUNCATE)") is not ["0|0|0"])
            Assert.True(DateTime.UtcNow < patience, "The journal still reads.");
    }

    private IActorRef Start(Action<Step> onStep) => _system.Actors.ActorOf(Props.Create(() => new Walker(onStep)));

    public sealed record Step(int Number);

    public sealed class StepSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        private int _read;

        public int Read => Volatile.Read(ref _read);

        /// <summary>Set when the journal is as far ahead of an actor at its first event as it may be.</summary>
        public ManualResetEventSlim ReadMany { get; } = new();

        public override int Identifier => 4711;

        public override string Manifest(object o) => "step";

        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes($"{((Step)obj).Number}");

        public override object FromBinary(byte[] bytes, string manifest)
        {
            if (Interlocked.Increment(ref _read) == FurthestAhead)
                ReadMany.Set();
            return new Step(int.Parse(Encoding.UTF8.GetString(bytes), provider: null));
        }
    }

    private sealed class Walker(Action<Step> onStep) : UntypedPersistentActor
    {
        private int _steps;

        public override string PersistenceId => "walker";

        protected override void OnCommand(object message)
        {
            if (message is not "write")
                Sender.Tell($"{_steps} steps");
            else
                PersistAll(Enumerable.Range(1, Events).Select(number => new Step(number)), Written);
        }

        protected override void OnRecover(object message)
        {
            if (message is not Step step)
                return;
            _steps++;
            onStep(step);
        }

        private void Written(Step step)
        {
            if (step.Number == Events)
                Sender.Tell("written");
        }
    }
}
