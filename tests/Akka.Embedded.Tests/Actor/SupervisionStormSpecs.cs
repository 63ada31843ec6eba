using System.Collections.Concurrent;
using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

/// <summary>
/// A tree of actors that fail, stop, watch and start children at random, all at once. What must come of it: whoever is
/// still there answers, whoever started has stopped in the end, and the whole tree can be stopped.
/// </summary>
public sealed class SupervisionStormSpecs() : AkkaSpec("akka.loglevel = OFF")
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nobody_hangs_and_nobody_is_left(int seed)
    {
        var tally = new Tally();
        var root = Sys.ActorOf(Props.Create(() => new Stormy(tally, 0)));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(sender => Task.Run(() =>
        {
            var random = new Random(seed * 100 + sender);
            for (var i = 0; i < 2000; i++)
                root.Tell(random.Next(), ActorRefs.NoSender);
        })));
        Assert.True(await root.Ask<bool>("are you there?", Patient));
        await AwaitAssertAsync(() => Task.WhenAll(tally.Alive.Keys.Select(actor => AnswersOrEnds(actor))));
        Assert.True(await root.GracefulStop(Patient));
        await AwaitAssertAsync(() => Assert.Empty(tally.Alive));
        // One that is stopped in the midst of its restart has PostStop called twice.
        Assert.True(tally.Stopped >= tally.Started);
    }

    [Fact]
    public async Task Each_of_many_watchers_hears_of_each_end_once()
    {
        const int count = 300;
        var subjects = Enumerable.Range(0, count)
            .Select(_ => Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props)).ToArray();
        var watchers = Enumerable.Range(0, 10)
            .Select(_ => Sys.ActorOf(Props.Create(() => new CountingWatcher(TestActor, subjects)))).ToArray();
        await Task.Run(() => Parallel.ForEach(subjects, subject =>
        {
            if (subject.Path.Uid % 2 == 0)
                subject.Tell(PoisonPill.Instance);
            else
                Sys.Stop(subject);
        }));
        foreach (var _ in watchers)
            ExpectMsg("all ended");
        ExpectNoMsg(Moment);
    }

    private static async Task AnswersOrEnds(IActorRef actor)
    {
        using var answered = new CancellationTokenSource(Patient);
        var answer = actor.Ask<bool>("are you there?", answered.Token);
        var end = actor.WatchAsync(answered.Token);
        Assert.True(await await Task.WhenAny(answer, end));
        await answered.CancelAsync();
    }

    private sealed class Tally
    {
        public readonly ConcurrentDictionary<IActorRef, int> Alive = new();
        public int Started;
        public int Stopped;
    }

    private sealed class Ordered(Directive directive) : Exception
    {
        public Directive Directive { get; } = directive;
    }

    private sealed class Stormy : UntypedActor
    {
        private const int Deepest = 3;
        private readonly Tally _tally;
        private readonly int _depth;

        public Stormy(Tally tally, int depth)
        {
            (_tally, _depth) = (tally, depth);
            for (var i = 0; i < 3 && depth < Deepest; i++)
                Context.Watch(NewChild());
        }

        protected override SupervisorStrategy SupervisorStrategy() => _depth % 2 == 0
            ? new OneForOneStrategy(Decide)
            : new AllForOneStrategy(Decide);

        protected override void PreStart()
        {
            Interlocked.Increment(ref _tally.Started);
            _tally.Alive[Self] = _depth;
        }

        protected override void PostStop()
        {
            Interlocked.Increment(ref _tally.Stopped);
            _tally.Alive.TryRemove(Self, out _);
        }

        protected override void PreRestart(Exception reason, object message)
        {
            // Half of them keep their children over a restart.
            if (_depth % 2 == 0)
                base.PreRestart(reason, message);
            else
                PostStop();
        }

        protected override void OnReceive(object message)
        {
            if (message is string)
                Sender.Tell(true);
            if (message is not int number)
                return;
            if (number % 50 == 0)
                throw new Ordered((Directive)(number / 50 % 4));
            if (number % 97 == 0 && _depth > 0)
                Context.Stop(Self);
            if (number % 13 == 0 && _depth < Deepest)
                NewChild();
            var children = Context.GetChildren().ToArray();
            if (children.Length > 0)
                children[number % children.Length].Tell((number * 31) & int.MaxValue);
        }

        private static Directive Decide(Exception fault) =>
            fault is Ordered order ? order.Directive : Directive.Restart;

        private IActorRef NewChild() => Context.ActorOf(Props.Create(() => new Stormy(_tally, _depth + 1)));
    }

    private sealed class CountingWatcher : UntypedActor
    {
        private readonly IActorRef _test;
        private readonly HashSet<IActorRef> _left;

        public CountingWatcher(IActorRef test, IActorRef[] subjects)
        {
            _test = test;
            _left = [.. subjects];
            foreach (var subject in subjects)
                Context.Watch(subject);
        }

        protected override void OnReceive(object message)
        {
            if (message is not Terminated end || !_left.Remove(end.ActorRef))
                _test.Tell($"unexpected: {message}");
            else if (_left.Count == 0)
                _test.Tell("all ended");
        }
    }
}
