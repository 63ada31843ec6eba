using Akka.Actor;
using AtlasActors.Benchmarks.Measuring;

namespace AtlasActors.Benchmarks.Actors;

/// <summary>The managed memory that actors hold which have started, were told one message and do nothing.</summary>
internal sealed class IdleActors : IMeasure
{
    public string Name => "idle-memory";

    public string What => "memory of 100,000 idle actors";

    public async Task<IReadOnlyList<Figure>> Round(Sizes sizes)
    {
        var count = sizes.Of(100_000);
        var untyped = await Held(count, Props.Create(() => new Idle()));
        var typed = await Held(count, Props.Create(() => new IdleReceiver()));
        return
        [
            new Figure("UntypedActor", (double)untyped / count, "bytes each"),
            new Figure("UntypedActor, all", untyped / 1e6, "MB"),
            new Figure("ReceiveActor", (double)typed / count, "bytes each"),
            new Figure("ReceiveActor, all", typed / 1e6, "MB")
        ];
    }

    private static async Task<long> Held(int count, Props props)
    {
        using var system = Systems.Start();
        await system.ActorOf(Props.Create(() => new Parent(1, props))).Ask<int>(Go.Instance, Completion.Patience);
        var before = Machine.CollectGarbage();
        var parent = system.ActorOf(Props.Create(() => new Parent(count, props)));
        await parent.Ask<int>(Go.Instance, Completion.Patience);
        var held = Machine.CollectGarbage() - before;
        await system.Terminate();
        return held;
    }

    private sealed class Go
    {
        public static readonly Go Instance = new();
    }

    private sealed class Parent(int count, Props child) : UntypedActor
    {
        private IActorRef _asker = ActorRefs.NoSender;
        private int _answers;

        protected override void OnReceive(object message)
        {
            if (message is Go)
            {
                _asker = Sender;
                for (var i = 0; i < count; i++)
                    Context.ActorOf(child).Tell("are you there?", Self);
            }
            else if (++_answers == count)
            {
                _asker.Tell(count, Self);
            }
        }
    }

    private sealed class Idle : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }

    private sealed class IdleReceiver : ReceiveActor
    {
        public IdleReceiver() => Receive<string>(text => Sender.Tell(text, Self));
    }
}
