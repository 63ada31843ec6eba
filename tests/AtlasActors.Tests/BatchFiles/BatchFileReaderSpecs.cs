using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Polling;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public class BatchFileReaderSpecs
{
    [Fact]
    public void A_file_with_nothing_but_a_job_has_the_tutorials_defaults()
    {
        var batch = Faults.None(Faults.Job("image"));

        Assert.Equal("a.yaml", batch.Source);
        Assert.Equal("pipeline_output", batch.OutputDir);
        Assert.Equal(3, batch.MaxWorkers);
        var job = Assert.Single(batch.Jobs);
        Assert.Equal((1, "one", MediaKind.Image, "a/b"), (job.Number, job.Name, job.Kind, job.Model));
        Assert.Equal(JobPolicy.For(MediaKind.Image), job.Policy);
    }

    [Fact]
    public void A_video_waits_longer_than_an_image_by_default() =>
        Assert.Equal(JobPolicy.For(MediaKind.Video), Faults.NoneInJob("video").Policy);

    [Fact]
    public void The_body_of_the_tutorials_image_is_this_byte_for_byte()
    {
        var batch = Faults.None("""
            output_dir: out
            max_workers: 5
            jobs:
              - name: Sonnenaufgang über Berlin
                type: image
                model: black-forest-labs/flux-2-pro/text-to-image
                prompt: A sunrise, "golden" & wide <3
                width: 1024
                height: 512
            """);

        Assert.Equal("out", batch.OutputDir);
        Assert.Equal(5, batch.MaxWorkers);
        Assert.Equal(
            """{"model":"black-forest-labs/flux-2-pro/text-to-image","prompt":"A sunrise, \"golden\" & wide <3","""
            + "\"size\":\"1024*512\"}",
            batch.Jobs[0].Body);
        Assert.Equal("0.0400", batch.Jobs[0].Price.ToString());
    }

    [Fact]
    public void What_the_file_does_not_say_is_sent_as_the_tutorials_default()
    {
        Assert.Equal("""{"model":"a/b","prompt":"p","width":1024,"height":1024}""", Faults.NoneInJob("image").Body);
        Assert.Equal(
            """{"model":"a/b","prompt":"p","duration":5,"resolution":"1080p"}""", Faults.NoneInJob("video").Body);
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("5s", "5")]
    [InlineData("'8'", "8")]
    [InlineData("2.5", "2.5")]
    [InlineData("5.0", "5.0")]
    [InlineData("1500ms", "1.5")]
    [InlineData("1m", "60")]
    public void A_videos_duration_is_sent_in_seconds(string written, string sent) =>
        Assert.Equal(
            $$"""{"model":"a/b","prompt":"p","duration":{{sent}},"resolution":"1080p"}""",
            Faults.NoneInJob("video", "duration: " + written).Body);

    [Fact]
    public void A_resolution_is_sent_as_text_even_when_it_looks_like_a_number() =>
        Assert.Equal(
            """{"model":"a/b","prompt":"p","duration":5,"resolution":"720"}""",
            Faults.NoneInJob("video", "resolution: 720").Body);

    [Fact]
    public void Names_and_prompts_of_any_script_stay_as_they_are()
    {
        var job = Faults.None("jobs: [{name: 雨夜 한강 Größe, type: image, model: a/b, prompt: 'ночь 🌙 ليل'}]").Jobs[0];

        Assert.Equal("雨夜 한강 Größe", job.Name);
        Assert.Contains("\"ночь 🌙 ليل\"", job.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Params_are_sent_in_their_order_and_with_their_types()
    {
        var job = Faults.NoneInJob(
            "image", "params:", "  seed: 42", "  guidance: 7.50", "  tiny: 1e-3", "  safe: false", "  style: 'no'",
            "  code: '007'", "  none: null", "  list: [1, two, {three: 3.0}]", "  empty: {}",
            "  \"quo\\\"te\": \"a\\nb\"");

        Assert.Equal(
            """{"model":"a/b","prompt":"p","width":1024,"height":1024,"seed":42,"guidance":7.50,"tiny":1e-3"""
            + ""","safe":false,"style":"no","code":"007","none":null,"list":[1,"two",{"three":3.0}]"""
            + ""","empty":{},"quo\"te":"a\nb"}""", job.Body);
    }

    [Fact]
    public void Patience_at_the_top_is_for_all_jobs_and_a_job_may_have_its_own()
    {
        var jobs = Faults.None("""
            retries: 5
            max_wait: 2m
            poll: {initial: 250ms, multiplier: 2, max: 1.5s}
            retry: {base_delay: 3s}
            on_unknown_submit: resubmit
            jobs:
              - {name: a, type: image, model: m, prompt: p}
              - {name: b, type: video, model: m, prompt: p, retries: 0, max_wait: 1h,
                 poll: {multiplier: 1}, retry: {base_delay: 1}, on_unknown_submit: hold}
            """).Jobs;

        var poll = new PollPolicy(TimeSpan.FromMilliseconds(250), 2, TimeSpan.FromSeconds(1.5))
        {
            Strategy = PollStrategy.Backoff,
        };
        Assert.Equal(
            new JobPolicy(5, TimeSpan.FromMinutes(2), poll, TimeSpan.FromSeconds(3), UnknownSubmit.Resubmit),
            jobs[0].Policy);
        Assert.Equal(
            new JobPolicy(
                0, TimeSpan.FromHours(1), poll with { Multiplier = 1 }, TimeSpan.FromSeconds(1), UnknownSubmit.Hold),
            jobs[1].Policy);
    }

    [Theory]
    [InlineData("initial: 1m", 60, 60)]
    [InlineData("max: 2s", 2, 2)]
    [InlineData("initial: 10s", 10, 30)]
    public void A_wait_that_the_file_does_not_say_gives_way_to_the_one_it_says(string poll, int initial, int max)
    {
        var policy = Faults.NoneInJob("image", $"poll: {{{poll}}}").Policy.Poll;

        Assert.Equal((TimeSpan.FromSeconds(initial), TimeSpan.FromSeconds(max)), (policy.Initial, policy.Max));
    }

    [Fact]
    public void A_job_of_an_unknown_type_is_skipped_with_a_warning_and_the_rest_stays()
    {
        var reading = BatchFileReader.Read("""
            jobs:
              - {name: song, type: hologram, model: m, voice: soft}
              - {name: pic, type: image, model: m, prompt: p}
              - {name: film, type: vidoe, model: m, prompt: p}
            """, "a.yaml");

        Assert.Empty(reading.Faults);
        Assert.Equal(
            [
                "a.yaml:2:24: jobs[1].type: 'hologram' is not a known type; the job 'song' is skipped; "
                    + "the types are 'image', 'video', 'audio' and '3d'",
                "a.yaml:4:24: jobs[3].type: 'vidoe' is not a known type; the job 'film' is skipped; "
                    + "did you mean 'video'?",
            ],
            reading.Warnings.Select(warning => warning.In("a.yaml")));
        Assert.Equal("pic", Assert.Single(reading.Definition!.Jobs).Name);
        Assert.Equal(
            [("song", "hologram"), ("film", "vidoe")], reading.Definition.Skipped.Select(job => (job.Name, job.Type)));
    }

    [Fact]
    public void Jobs_are_numbered_without_gaps_past_those_that_are_skipped()
    {
        var jobs = Faults.None("""
            jobs:
              - {name: a, type: image, model: m, prompt: p}
              - {name: b, type: hologram}
              - {name: c, type: image, model: m, prompt: p}
            """).Jobs;

        Assert.Equal([1, 2], jobs.Select(job => job.Number));
    }

    [Theory]
    [InlineData("{a/b: 0.2}", "0.2000")]
    [InlineData("{a/b: {per_image: 0.3}}", "0.3000")]
    [InlineData("{a/b: {per_job: 1}}", "1.0000")]
    [InlineData("{a/b: 0}", "0.0000")]
    [InlineData("{other: 9}", "0.0500")]
    public void The_files_prices_come_before_the_usual_ones(string prices, string price) =>
        Assert.Equal(price, Faults.None(Faults.Top("prices: " + prices)).Price.ToString());

    [Fact]
    public void What_is_priced_by_the_file_is_not_assumed()
    {
        var reading = BatchFileReader.Read(Faults.Top("prices: {a/b: 0.2}"), "a.yaml");

        Assert.False(Assert.Single(BatchEstimate.Of(reading.Definition!, reading.Prices).ByModel).IsAssumed);
    }
}
