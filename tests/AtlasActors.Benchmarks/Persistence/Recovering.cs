using System.Diagnostics;
using Akka.Actor;
using Akka.Persistence;
using AtlasActors.Benchmarks.Actors;
using AtlasActors.Benchmarks.Measuring;

namespace AtlasActors.Benchmarks.Persistence;

/// <summary>Actors that are told their whole past, by a system that has just started.</summary>
internal sealed class Recovering(string name, string what, int events, int actors, Way writtenBy)
    : IMeasure, IAsyncDisposable
{
    private JournalFolder? _folder;

    public string Name => name;

    public string What => what;

    public async Task<IReadOnlyList<Figure>> Round(Sizes sizes)
    {
        var each = sizes.Of(events / actors);
        var folder = _folder ??= await Filled(each);
        using var system = folder.Open();
        var recovered = new Completion(actors);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < actors; i++)
        {
            var id = Id(i);
            system.ActorOf(Props.Create(() => new Reader(id, each, recovered)));
        }

        await recovered.All;
        var elapsed = clock.Elapsed;
        await system.Terminate();
        return [Figure.Rate("events", (long)each * actors, elapsed)];
    }

    public ValueTask DisposeAsync()
    {
        _folder?.Dispose();
        _folder = null;
        return ValueTask.CompletedTask;
    }

    private static string Id(int number) => $"writer-{number}";

    private async Task<JournalFolder> Filled(int each)
    {
        var folder = new JournalFolder();
        using var system = folder.Open();
        var (ready, written) = (new Completion(actors), new Completion(actors));
        for (var i = 0; i < actors; i++)
        {
            var id = Id(i);
            system.ActorOf(Props.Create(() => new Writer(id, writtenBy, each, ready, written))).Tell(Go.Instance);
        }

        await written.All;
        await system.Terminate();
        return folder;
    }

    private sealed class Reader(string id, int expected, Completion recovered) : UntypedPersistentActor
    {
        private int _read;

        public override string PersistenceId => id;

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
