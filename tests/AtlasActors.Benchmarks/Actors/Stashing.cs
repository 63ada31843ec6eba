using System.Diagnostics;
using Akka.Actor;
using AtlasActors.Benchmarks.Measuring;

namespace AtlasActors.Benchmarks.Actors;

/// <summary>Messages that are put aside and then taken back one at a time, each after the one before was handled.</summary>
internal sealed class Stashing : IMeasure
{
    public string Name => "stash";

    public string What => "messages stashed, and unstashed one by one";

    public async Task<IReadOnlyList<Figure>> Round(Sizes sizes)
    {
        var count = sizes.Of(200_000);
        var (stashed, handled) = (new Completion(1), new Completion(1));
        using var system = Systems.Start();
        var keeper = system.ActorOf(Props.Create(() => new Keeper(count, stashed, handled)));
        for (var i = 0; i < count; i++)
            keeper.Tell(Item.Instance);
        await stashed.All;
        var clock = Stopwatch.StartNew();
        keeper.Tell(TakeBack.Instance);
        await handled.All;
        var elapsed = clock.Elapsed;
        await system.Terminate();
        return [Figure.Rate("messages", count, elapsed)];
    }

    private sealed class Item
    {
        public static readonly Item Instance = new();
    }

    private sealed class TakeBack
    {
        public static readonly TakeBack Instance = new();
    }

    private sealed class Keeper(int count, Completion stashed, Completion handled) : UntypedActor, IWithUnboundedStash
    {
        private int _toStash = count;
        private int _toHandle = count;
        private bool _takesBack;

        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            if (message is Item && !_takesBack)
                PutAside();
            else if (message is Item && --_toHandle == 0)
                handled.OneDone();
            else
                Next();
        }

        private void PutAside()
        {
            Stash.Stash();
            if (--_toStash == 0)
                stashed.OneDone();
        }

        private void Next()
        {
            _takesBack = true;
            Stash.Unstash();
        }
    }
}
