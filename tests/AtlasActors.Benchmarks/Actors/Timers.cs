using System.Diagnostics;
using Akka.Actor;
using AtlasActors.Benchmarks.Measuring;

namespace AtlasActors.Benchmarks.Actors;

/// <summary>Timers that actors set at once and that come due spread over a second: setting, firing, lateness.</summary>
internal sealed class Timers : IMeasure
{
    private const int TimersEach = 100;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(1);

    public string Name => "timers";

    public string What => "100,000 timers of 1,000 actors, due 2 to 3 s after they are set";

    public async Task<IReadOnlyList<Figure>> Round(Sizes sizes)
    {
        var actors = sizes.Of(1000);
        var (set, fired) = (new Completion(actors), new Completion(actors));
        var late = new double[actors * TimersEach];
        using var system = Systems.Start();
        var owners = Enumerable.Range(0, actors)
            .Select(i => system.ActorOf(Props.Create(() => new Owner(i * TimersEach, late, set, fired)))).ToList();
        var clock = Stopwatch.StartNew();
        foreach (var owner in owners)
            owner.Tell(Go.Instance);
        await set.All;
        var setting = clock.Elapsed;
        await fired.All;
        var all = clock.Elapsed;
        await system.Terminate();
        Array.Sort(late);
        return
        [
            new Figure("set", setting.TotalMilliseconds, "ms"),
            new Figure("all fired", all.TotalMilliseconds, "ms"),
            new Figure("median lateness", late[late.Length / 2], "ms"),
            new Figure("99 % lateness", late[(int)(late.Length * 0.99)], "ms"),
            new Figure("worst lateness", late[^1], "ms")
        ];
    }

    private sealed class Go
    {
        public static readonly Go Instance = new();
    }

    private sealed record Tick(int Number, long Due);

    private sealed class Owner(int firstNumber, double[] late, Completion set, Completion fired)
        : UntypedActor, IWithTimers
    {
        private int _left = TimersEach;

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            if (message is Tick tick)
                Note(tick);
            else
                SetAll();
        }

        private void SetAll()
        {
            for (var i = 0; i < TimersEach; i++)
            {
                var delay = First + (Spread * ((double)i / TimersEach));
                var due = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
                Timers.StartSingleTimer(i, new Tick(firstNumber + i, due), delay);
            }

            set.OneDone();
        }

        private void Note(Tick tick)
        {
            late[tick.Number] = (Stopwatch.GetTimestamp() - tick.Due) * 1000.0 / Stopwatch.Frequency;
            if (--_left == 0)
                fired.OneDone();
        }
    }
}
