using Akka.Actor;
using AtlasActors.Hosting;
using AtlasActors.Polling;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Polling;

public class LatencySpecs : AtlasSpecs
{
    private static readonly TimeSpan Typical = TimeSpan.FromSeconds(60);
    private static readonly GenerationKey Key = new("some/model", "");

    private readonly PollGuide _guide = new();
    private int _reported;

    [Fact]
    public void Times_are_learned_when_those_submitted_with_them_have_had_time_to_end()
    {
        var latency = Start();
        var begun = Clock.Now;
        foreach (var seconds in new[] { 20, 21, 22, 23, 24, 25 }) Report(latency, begun, seconds);
        Settle(latency);

        Pass(30);
        Assert.Empty(_guide.Known);

        AwaitAssert(() =>
        {
            Pass(5);
            Assert.Single(_guide.Known);
        });
        Assert.True(Clock.Now - begun > TimeSpan.FromSeconds(100));
    }

    [Fact]
    public void A_thousand_times_are_a_handful_of_events_and_are_known_to_the_next_life()
    {
        var latency = Start();
        var times = new DrawnTimes(1);
        for (var job = 0; job < 1000; job++) Report(latency, Clock.Now, times.Next(60));
        Keep(latency);
        Assert.Single(_guide.Known);
        var learned = Plan(_guide);

        var next = new PollGuide();
        var again = Sys.ActorOf(Latency.Props("https://api.example", new JournalPlugins("", ""), next));
        AwaitAssert(() => Assert.Single(next.Known));

        Assert.Equal(learned, Plan(next));
        Watch(again);
        Sys.Stop(again);
        ExpectTerminated(again);
    }

    [Fact]
    public void What_a_simulator_needed_is_not_believed_of_Atlas()
    {
        var simulated = Start("simulator");
        for (var job = 0; job < 10; job++) Report(simulated, Clock.Now, 1);
        Keep(simulated);

        var real = new PollGuide();
        Keep(Sys.ActorOf(Latency.Props("https://api.example", new JournalPlugins("", ""), real)));

        Assert.Empty(real.Known);
    }

    [Fact]
    public void After_many_events_a_snapshot_takes_their_place_and_nothing_is_lost()
    {
        var latency = Start();
        var times = new DrawnTimes(1);
        for (var round = 0; round < 250; round++)
        {
            Report(latency, Clock.Now, times.Next(60));
            Keep(latency);
            Pass(1);
        }
        var learned = Plan(_guide);

        var next = new PollGuide();
        Keep(Sys.ActorOf(Latency.Props("https://api.example", new JournalPlugins("", ""), next)));

        Assert.Equal(learned[0], Plan(next)[0], 1.0);
    }

    private IActorRef Start(string endpoint = "https://api.example") =>
        Sys.ActorOf(Latency.Props(endpoint, new JournalPlugins("", ""), _guide));

    private static IReadOnlyList<double> Plan(PollGuide guide) => guide.PlanOf(Key, Typical, PollPolicy.Default, isPressed: false).Times;

    private void Report(IActorRef latency, DateTimeOffset at, double seconds) => latency.Tell(new LatencyCommands.ReportTime(
        new GenerationTime(Key, at, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds), Typical), _reported++));

    private void Pass(int seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Waits until all that was told is heard, without anything being written for it.</summary>
    private void Settle(IActorRef latency) => latency.Ask<ActorIdentity>(new Identify(0), TimeSpan.FromSeconds(30)).GetAwaiter().GetResult();

    private void Keep(IActorRef latency)
    {
        latency.Tell(new LatencyCommands.KeepTimes(), TestActor);
        ExpectMsg<TimesKept>();
    }
}
