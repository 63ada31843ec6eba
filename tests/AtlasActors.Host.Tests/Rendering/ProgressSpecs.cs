using AtlasActors.Batches;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Spectre.Console;
using Xunit;

namespace AtlasActors.Host.Tests.Rendering;

public sealed class ProgressSpecs
{
    private readonly ProgressState _state = new();

    [Fact]
    public void Jobs_are_counted_where_they_are_now()
    {
        Begin(Views.Job(1, JobStage.Queued), Views.Job(2, JobStage.Queued), Views.Job(3, JobStage.Queued));
        _state.Moved(Views.Job(1, JobStage.Generating));
        _state.Moved(Views.Job(2, JobStage.Generating));
        _state.Moved(Views.Done(1));
        _state.Moved(Views.Done(1));
        Assert.Equal((1, 1, 1, 0), (_state.Ended, _state.Running.Count, _state.Waiting, _state.NotSuccessful));
        Assert.Equal(0.04m, _state.Spent.Amount);
    }

    [Fact]
    public void A_job_tried_again_is_no_longer_ended_and_its_first_cost_stays()
    {
        Begin(Views.Job(1, JobStage.Failed, cost: 0.04m));
        _state.Moved(Views.Job(1, JobStage.Generating, cost: 0.04m, attempt: 2));
        Assert.Equal((0, 0), (_state.Ended, _state.NotSuccessful));
        _state.Moved(Views.Job(1, JobStage.Succeeded, cost: 0.08m, attempt: 2));
        Assert.Equal((1, 0.08m), (_state.Ended, _state.Spent.Amount));
    }

    [Fact]
    public void Before_anything_is_done_nobody_knows_the_time_left()
    {
        Begin(Views.Job(1, JobStage.Queued), Views.Job(2, JobStage.Generating));
        Assert.Null(_state.TimeLeft(Views.Start));
    }

    [Fact]
    public void The_time_left_is_what_the_model_has_taken_shared_by_the_slots()
    {
        // 3 slots, 10 s an image: 6 queued and one begun 4 s ago make (6 * 10 + 6) / 3.
        Begin([Views.Done(1, seconds: 10), Views.Job(2, JobStage.Generating),
            .. Enumerable.Range(3, 6).Select(i => Views.Job(i, JobStage.Queued))]);
        Assert.Equal(TimeSpan.FromSeconds(22), _state.TimeLeft(Views.Start.AddSeconds(4)));
    }

    [Fact]
    public void The_last_job_takes_its_own_time_however_many_slots_are_free()
    {
        Begin(Views.Done(1, seconds: 10), Views.Job(2, JobStage.Generating));
        Assert.Equal(TimeSpan.FromSeconds(6), _state.TimeLeft(Views.Start.AddSeconds(4)));
    }

    [Fact]
    public void A_model_not_seen_yet_is_taken_to_be_as_fast_as_the_others_are()
    {
        // Images typically take 20 s and took 10: a veo video, typically 90 s, is expected to take 45.
        Begin(
            Views.Done(1, seconds: 10),
            Views.Job(2, JobStage.Generating) with { Kind = MediaKind.Video, Model = "google/veo3.1/text-to-video" });
        Assert.Equal(TimeSpan.FromSeconds(41), _state.TimeLeft(Views.Start.AddSeconds(4)));
    }

    [Fact]
    public void Nobody_says_no_time_is_left_while_something_runs()
    {
        Begin(Views.Done(1, seconds: 10), Views.Job(2, JobStage.Generating));
        Assert.Null(_state.TimeLeft(Views.Start.AddSeconds(14)));
    }

    [Fact]
    public void The_picture_shows_the_bar_the_numbers_and_the_jobs_with_their_age()
    {
        Begin(
            Views.Done(1), Views.Job(2, JobStage.Generating, "[red]Hero[/]"), Views.Job(3, JobStage.Queued),
            Views.Job(4, JobStage.Failed));
        var picture = Drawn(Views.Start.AddSeconds(5), stopping: false);
        Assert.Contains(" 2/4", picture, StringComparison.Ordinal);
        Assert.Contains(
            "1 running · 1 waiting · 1 not successful · USD 0.0400 spent · about 8s left",
            picture, StringComparison.Ordinal);
        Assert.Contains(
            "generating     5.0s  [red]Hero[/]  flux-2-pro/text-to-image", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("Stopping", picture, StringComparison.Ordinal);
        Assert.Contains("Ctrl-C again stops at once", Drawn(Views.Start, stopping: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_running_jobs_are_shown_by_the_first_eight()
    {
        Begin([.. Enumerable.Range(1, 12).Select(i => Views.Job(i, JobStage.Generating, $"job {i:00}"))]);
        var picture = Drawn(Views.Start, stopping: false);
        Assert.Contains("job 08", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("job 09", picture, StringComparison.Ordinal);
        Assert.Contains("and 4 more", picture, StringComparison.Ordinal);
    }

    [Fact]
    public void No_row_is_wider_than_the_terminal_in_any_script()
    {
        Begin(
            Views.Job(1, JobStage.Generating, new string('茶', 200)),
            Views.Job(2, JobStage.Downloading, new string('a', 200)));
        var rows = Drawn(Views.Start, stopping: true, width: 40).TrimEnd().Split('\n');
        Assert.Equal(5, rows.Length);
        Assert.All(
            rows, row => Assert.True(new Spectre.Console.Rendering.Segment(row.TrimEnd()).CellCount() <= 40, row));
    }

    [Fact]
    public async Task The_screen_is_taken_away_at_the_end_and_what_failed_stays()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        await using (var screen = new ProgressScreen(console, TimeProvider.System, logs: null))
        {
            screen.Begin(Views.Batch(BatchPhase.Running, [Views.Job(1, JobStage.Queued)]));
            screen.Moved(Views.Job(1, JobStage.Failed, "Hero", error: "moderation"));
            screen.Stopping();
        }
        Assert.Contains("[FAIL] Hero -- moderation", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\u001b[?25h", output.ToString().TrimEnd(), StringComparison.Ordinal);
    }

    private void Begin(params JobView[] jobs)
    {
        _state.Begin(Views.Batch(BatchPhase.Running, jobs));
        foreach (var job in jobs)
            _state.Moved(job);
    }

    private string Drawn(DateTimeOffset now, bool stopping, int width = 100)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = width;
        console.Write(ProgressPicture.Of(_state, now, width, stopping));
        return output.ToString();
    }
}
