using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Rendering;

public sealed class SummarySpecs
{
    [Fact]
    public void A_success_is_summed_up_by_its_numbers()
    {
        JobView[] jobs = [Views.Done(1), Views.Done(2), Views.Done(3, model: Views.Seedance, cost: 0.11m)];
        var text = Summary.Of(Report(BatchPhase.Finished, jobs));
        Assert.Equal(
            """

            Jobs:         3
            Successful:   3
            Failed:       0
            Total cost:   USD 0.1900
            Duration:     1m 05s
            Cost by model:
              seedance-v1.5-pro/text-to-video  USD 0.1100
              flux-2-pro/text-to-image         USD 0.0800
            Manifest:     out/manifest.json

            """,
            text,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void What_did_not_succeed_is_grouped_by_reason_with_the_command_to_go_on()
    {
        JobView[] jobs =
        [
            Views.Done(1),
            Views.Job(2, JobStage.Failed, error: "moderation refused it"),
            Views.Job(3, JobStage.Failed, error: "system error"),
            Views.Job(4, JobStage.Failed, error: "moderation refused it"),
            Views.Job(5, JobStage.Overdue, why: "Atlas still works on it"),
            Views.Job(6, JobStage.InDoubt),
            Views.Job(7, JobStage.Refused),
            Views.Job(8, JobStage.Cancelled),
        ];
        var text = Summary.Of(Report(BatchPhase.Finished, jobs));
        Assert.Contains("Failed:       3\n", Lines(text), StringComparison.Ordinal);
        Assert.Contains("Overdue:      1\n", Lines(text), StringComparison.Ordinal);
        Assert.Contains("In doubt:     1\n", Lines(text), StringComparison.Ordinal);
        Assert.Contains("Over budget:  1\n", Lines(text), StringComparison.Ordinal);
        Assert.Contains("Cancelled:    1\n", Lines(text), StringComparison.Ordinal);
        Assert.Contains("  1 x cancelled\n      a person cancelled it", Lines(text), StringComparison.Ordinal);
        Assert.Contains("Not successful:\n  2 x moderation refused it\n      change its prompt", Lines(text), StringComparison.Ordinal);
        Assert.EndsWith("Go on by: atlas-actors retry out\n", Lines(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_reasons_the_most_frequent_are_shown()
    {
        var jobs = Enumerable.Range(1, 14).Select(i => Views.Job(i, JobStage.Failed, error: $"reason {i:00}")).ToList();
        var text = Lines(Summary.Of(Report(BatchPhase.Finished, jobs)));
        Assert.Contains("1 x reason 10\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("reason 11", text, StringComparison.Ordinal);
        Assert.Contains("and 4 other reasons", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_batch_says_that_nothing_is_lost_and_what_is_on_its_way()
    {
        JobView[] jobs = [Views.Done(1), Views.Job(2, JobStage.Generating), Views.Job(3, JobStage.Queued)];
        var report = Report(BatchPhase.Idle, jobs);
        var reserved = report.Batch.Money with
        {
            Reserved = new Usd(0.04m), InDoubt = new Usd(0.11m), Budget = new Usd(2),
        };
        var text = Lines(Summary.Of(report with { Batch = report.Batch with { Money = reserved } }));
        Assert.Contains("Not finished: 2\n", text, StringComparison.Ordinal);
        Assert.Contains("On its way:   USD 0.0400 more", text, StringComparison.Ordinal);
        Assert.Contains("In doubt:     USD 0.1100 more", text, StringComparison.Ordinal);
        Assert.Contains("Budget:       USD 2.0000\n", text, StringComparison.Ordinal);
        Assert.EndsWith(
            "Stopped; nothing is lost. Go on by: atlas-actors resume out\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.08, "Total cost:   USD 0.0800, not yet confirmed by Atlas\n")]
    [InlineData(0.04, "Total cost:   USD 0.0800, of which USD 0.0400 not yet confirmed by Atlas\n")]
    [InlineData(0, "Total cost:   USD 0.0800\n")]
    public void A_cost_says_how_much_of_it_only_we_say(double unconfirmed, string line)
    {
        var report = Report(BatchPhase.Finished, [Views.Done(1), Views.Done(2)]);
        var money = report.Batch.Money with { Unconfirmed = new Usd((decimal)unconfirmed) };
        var text = Lines(Summary.Of(report with { Batch = report.Batch with { Money = money } }));
        Assert.Contains(line, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_halted_batch_says_why()
    {
        var text = Lines(Summary.Of(Report(
            BatchPhase.Halted, [Views.Job(1, JobStage.Queued)], HaltReason.KeyRefused,
            "Atlas Cloud refuses the key.")));
        Assert.EndsWith(
            "Atlas Cloud refuses the key.\nGo on by: atlas-actors resume out\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_of_one_short_name_are_told_apart()
    {
        var text = Summary.Of(Report(BatchPhase.Finished, [Views.Done(1, model: "a/x"), Views.Done(2, model: "b/x")]));
        Assert.Contains("a/x  USD", text, StringComparison.Ordinal);
        Assert.Contains("b/x  USD", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_line_says_it_all_for_who_wants_no_more()
    {
        JobView[] jobs = [Views.Done(1), Views.Job(2, JobStage.Failed), Views.Job(3, JobStage.InDoubt)];
        Assert.Equal(
            "1 of 3 succeeded, 1 failed, 1 in doubt, USD 0.0400; go on by: atlas-actors retry out",
            Summary.Line(Report(BatchPhase.Finished, jobs)));
    }

    [Fact]
    public void Status_tells_who_works_what_runs_and_what_waits()
    {
        JobView[] jobs =
        [
            Views.Done(1), Views.Job(2, JobStage.Generating, "Hero"),
            Views.Job(3, JobStage.Overdue, "Late", why: "asked slowly"),
            Views.Job(4, JobStage.Queued, why: "waits for a slot"),
            Views.Job(5, JobStage.Queued, why: "waits for a slot"),
        ];
        var text = Lines(StatusText.Of(Report(BatchPhase.Idle, jobs), null, Views.Start.AddSeconds(12.3)));
        Assert.StartsWith(
            "pack.yaml: not running, 1 of 5 done (batch 20261121-060000-0001, ", text, StringComparison.Ordinal);
        Assert.Contains("  generating for 12.3s: Hero\n", text, StringComparison.Ordinal);
        Assert.Contains("  overdue for 12.3s: Late -- asked slowly\n", text, StringComparison.Ordinal);
        Assert.Contains("  2 x waits for a slot\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_of_another_process_does_not_guess_at_its_reasons()
    {
        JobView[] jobs = [Views.Job(1, JobStage.Queued, why: "nobody works on it")];
        var text = StatusText.Of(Report(BatchPhase.Running, jobs), 4711, Views.Start);
        Assert.StartsWith("pack.yaml: running in process 4711, 0 of 1 done", text, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", text, StringComparison.Ordinal);
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    private static RunReport Report(
        BatchPhase phase, IReadOnlyList<JobView> jobs, HaltReason? halt = null, string? message = null) => new(
        Views.Batch(phase, jobs, halt, message), jobs, [], StateFolder.Of("out", "/"), TimeSpan.FromSeconds(65));
}
