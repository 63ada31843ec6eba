using System.Diagnostics;
using Akka.Actor;
using Akka.Persistence;
using AtlasActors.Benchmarks.Actors;
using AtlasActors.Benchmarks.Measuring;

namespace AtlasActors.Benchmarks.Persistence;

/// <summary>One actor that is told its whole past, by a system that has just started.</summary>
internal sealed class Recovering : IMeasure, IAsyncDisposable
{
    private const string Stream = "writer";

    private JournalFolder? _folder;

    public string Name => "recover";

    public string What => "a million events of one actor replayed";

    public async Task<IReadOnlyList<Figure>> Round(Sizes sizes)
    {
        var count = sizes.Of(1_000_000);
        var folder = _folder ??= await Filled(count);
        using var system = folder.Open();
        var recovered = new Completion(1);
        var clock = Stopwatch.StartNew();
        system.ActorOf(Props.Create(() => new Reader(count, recovered)));
        await recovered.All;
        var elapsed = clock.Elapsed;
        await system.Terminate();
        return [Figure.Rate("events", count, elapsed)];
    }

    public ValueTask DisposeAsync()
    {
        _folder?.Dispose();
        _folder = null;
        return ValueTask.CompletedTask;
    }

    private static async Task<JournalFolder> Filled(int count)
    {
        var folder = new JournalFolder();
        using var system = folder.Open();
        var written = new Completion(1);
        system.ActorOf(Props.Create(() => new Writer(Stream, Way.PersistAll, count, new Completion(1), written)))
            .Tell(Go.Instance);
        await written.All;
        await system.Terminate();
        return folder;
    }

    private sealed class Reader(int expected, Completion recovered) : UntypedPersistentActor
    {
        private int _read;

        public override string PersistenceId => Stream;

        protected override void OnCommand(object message) => Unhandled(message);

        protected override void OnRecover(object message)
        {
            if (message is Noted noted && noted.Number == _read)
                _read++;
            else if (message is RecoveryCompleted && _read == expected)
                recovered.OneDone();
            else
                throw new InvalidOperationException($"{message} came after {_read} of {expected} events.");
        }
    }
}
