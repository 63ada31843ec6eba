using System.Text.Json;
using AtlasActors.Atlas;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Polling;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Polling;

public class GenerationTimesSpecs
{
    private static readonly TimeSpan Typical = TimeSpan.FromSeconds(60);
    private static readonly GenerationKey Key = new("some/model", "duration 5");
    private static readonly JobState Running = new() { AcceptedAt = Some.Time, WaitsSince = Some.Time, Stage = JobStage.Generating };

    [Fact]
    public void Ten_models_with_long_histories_fit_into_a_few_hundred_bytes_each()
    {
        var state = new LatencyState();
        var times = new DrawnTimes(1);
        for (var job = 0; job < 3000; job++) Learn(state, new GenerationKey($"vendor/model-{job % 10}", ""), job, times.Next(60));

        var bytes = JsonSerializer.SerializeToUtf8Bytes(new LatencySnapshot([.. state.Kept()]), AtlasEventSerializer.Json).Length;

        Assert.InRange(bytes, 10 * 100, 10 * 900);
    }

    [Fact]
    public void What_a_snapshot_keeps_leads_to_the_same_beliefs()
    {
        var (state, again) = (new LatencyState(), new LatencyState());
        var times = new DrawnTimes(2);
        for (var job = 0; job < 60; job++) Learn(state, Key, job, times.Next(60));
        var json = JsonSerializer.Serialize(new LatencySnapshot([.. state.Kept()]), AtlasEventSerializer.Json);
        again.Restore(JsonSerializer.Deserialize<LatencySnapshot>(json, AtlasEventSerializer.Json)!.Times);

        var (first, second) = (PlanOf(state, Key), PlanOf(again, Key));

        Assert.Equal(first.WaitAfter(TimeSpan.Zero, 0).TotalSeconds, second.WaitAfter(TimeSpan.Zero, 0).TotalSeconds, 1.5);
        Assert.Equal(state.Known().Keys.Order(KeyOrder), again.Known().Keys.Order(KeyOrder));
    }

    [Fact]
    public void Settings_that_were_never_seen_are_taken_to_be_like_the_model_s_others_and_an_unknown_model_teaches_nothing()
    {
        var state = new LatencyState();
        var times = new DrawnTimes(2);
        for (var job = 0; job < 40; job++) Learn(state, Key, job, times.Next(200));
        var guide = new PollGuide { Known = state.Known() };

        Assert.Equal(
            guide.PlanOf(Key.OfModel(), Typical, PollPolicy.Default, isPressed: false).Times,
            guide.PlanOf(Key with { Settings = "duration 10" }, Typical, PollPolicy.Default, isPressed: false).Times);
        Assert.Equal(
            PollSchedule.Unlearned(PollPolicy.Default, Typical).Times,
            guide.PlanOf(new GenerationKey("other/model", ""), Typical, PollPolicy.Default, isPressed: false).Times);
    }

    [Fact]
    public void Four_generations_of_a_model_are_too_few_and_five_enough()
    {
        var state = new LatencyState();
        for (var job = 0; job < 4; job++) Learn(state, Key, job, 60);
        Assert.Empty(state.Known());

        Learn(state, Key, 5, 60);
        Assert.Equal(2, state.Known().Count);
    }

    [Fact]
    public void The_last_of_many_that_were_submitted_together_are_no_sign_that_all_have_become_slower()
    {
        var (state, times) = (new LatencyState(), new DrawnTimes(6).Take(400, 60));
        Array.Sort(times, 0, times.Length);
        var (ended, late) = (times[..370], times[370..]);
        new Random(1).Shuffle(ended);
        state.Learn([.. ended.Select(seconds => Time(Key, 0, seconds))]);
        var before = PlanOf(state, Key).Times[0];

        foreach (var seconds in late) Learn(state, Key, 0, seconds);

        Assert.Equal(before, PlanOf(state, Key).Times[0], 6.0);
        foreach (var job in Enumerable.Range(1, 30)) Learn(state, Key, job, 120);
        Assert.True(PlanOf(state, Key).Times[0] > 1.5 * before);
    }

    [Fact]
    public void Two_histograms_together_are_what_one_of_both_would_be()
    {
        var prior = TimeDistribution.LogNormal(60, 0.8);
        TimeHistogram Of(params double[] times)
        {
            var histogram = new TimeHistogram();
            foreach (var time in times) histogram.Add(TimeSpan.FromSeconds(time), TimeSpan.FromSeconds(time + 5), prior);
            return histogram;
        }
        var (whole, part) = (Of(40, 50, 60, 70), Of(40, 50));
        part.Merge(Of(60, 70));

        Assert.Equal(whole.Total, part.Total, 9);
        Assert.Equal(whole.Kept(), part.Kept());
    }

    [Fact]
    public void A_time_that_lies_between_two_polls_is_spread_between_them()
    {
        var histogram = new TimeHistogram();
        histogram.Add(TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60), TimeDistribution.LogNormal(60, 0.3));

        var places = histogram.Kept().Keys.Select(bucket => TimeBuckets.SecondsAt(bucket + 0.5)).ToList();
        Assert.True(places.Count >= 4);
        Assert.All(places, place => Assert.InRange(place, 36, 64));
    }

    [Fact]
    public void A_month_without_a_generation_halves_what_was_seen()
    {
        var times = new GenerationTimes();
        var prior = TimeDistribution.LogNormal(60, 0.8);
        for (var job = 0; job < 10; job++) times.Learn(Time(Key, job, 60), prior);
        var before = times.Seen.Total;

        times.Learn(Time(Key, 30 * 24 * 3600, 60), prior);

        Assert.Equal((before / 2) + 1, times.Seen.Total, 0.1);
    }

    [Fact]
    public void Atlas_s_own_time_is_believed_where_it_agrees_with_the_polls()
    {
        Assert.Equal((55, 55), Seen(Done(took: 55), ranAtLeast: 50, now: 60));
        Assert.Equal((55, 55), Seen(Done(finished: 55), ranAtLeast: 50, now: 60));
        Assert.Equal((60, 60), Seen(Done(took: 61), ranAtLeast: 50, now: 60));
        // A clock that is minutes ahead of ours tells nothing that the polls do not.
        Assert.Equal((50, 60), Seen(Done(finished: 255), ranAtLeast: 50, now: 60));
        Assert.Equal((0, 60), Seen(Done(), ranAtLeast: null, now: 60));
    }

    [Fact]
    public void A_job_that_was_taken_up_later_tells_nothing_until_it_was_seen_running()
    {
        Assert.Null(Seen(Done(), ranAtLeast: null, now: 60, followed: false));
        Assert.Equal((50, 60), Seen(Done(), ranAtLeast: 50, now: 60, followed: false));
        Assert.Equal((58, 58), Seen(Done(took: 58), ranAtLeast: null, now: 60, followed: false));
    }

    [Fact]
    public void A_webhook_says_when_it_was_done() =>
        Assert.Equal((52, 52), Seen(Done(), ranAtLeast: 10, now: 53, calledAt: 52));

    [Theory]
    [InlineData("""{"model":"m","duration":5,"resolution":"720p","prompt":"x"}""", "duration 5, resolution 720p")]
    [InlineData("""{"model":"m","size":"1024*1024"}""", "size 1024*1024")]
    [InlineData("""{"model":"m"}""", "")]
    [InlineData("no JSON", "")]
    [InlineData("[]", "")]
    public void Times_are_kept_by_the_settings_they_depend_on(string body, string settings) =>
        Assert.Equal(settings, GenerationKey.Of(Some.Video() with { Body = body }).Settings);

    private static Comparer<GenerationKey> KeyOrder { get; } =
        Comparer<GenerationKey>.Create((one, other) => string.CompareOrdinal(one.ToString(), other.ToString()));

    private static (double From, double To)? Seen(
        PollAnswer.Completed done, double? ranAtLeast, double now, bool followed = true, double? calledAt = null)
    {
        var watch = new GenerationWatch(
            followed, ranAtLeast is { } ran ? TimeSpan.FromSeconds(ran) : null,
            calledAt is { } called ? Some.Time.AddSeconds(called) : null);
        return GenerationTime.Of(Key, Typical, Running, watch, done, Some.Time.AddSeconds(now)) is { } time
            ? (time.From.TotalSeconds, time.To.TotalSeconds)
            : null;
    }

    private static PollAnswer.Completed Done(double? took = null, double? finished = null) => new(
        ["https://x/a.png"], null, FinishedAt: finished is { } at ? Some.Time.AddSeconds(at) : null,
        Took: took is { } time ? TimeSpan.FromSeconds(time) : null);

    private static void Learn(LatencyState state, GenerationKey key, double at, double seconds) => state.Learn([Time(key, at, seconds)]);

    private static GenerationTime Time(GenerationKey key, double at, double seconds) =>
        new(key, Some.Time.AddSeconds(at), TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds), Typical);

    private static PollPlan PlanOf(LatencyState state, GenerationKey key) =>
        new PollGuide { Known = state.Known() }.PlanOf(key, Typical, PollPolicy.Default, isPressed: false);
}
