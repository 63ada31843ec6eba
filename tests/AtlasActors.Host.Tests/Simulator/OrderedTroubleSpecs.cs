using System.Net;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator;
using AtlasActors.Simulator.Predictions;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

/// <summary>The trouble that a prompt orders for its own job, and its kin by chance.</summary>
public sealed class OrderedTroubleSpecs
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("[fail-200] a lake", FailureTransport.InternalServerError, 200)]
    [InlineData("[fail-500] a lake", FailureTransport.Ok, 500)]
    [InlineData("[fail] a lake", FailureTransport.InternalServerError, 500)]
    public async Task A_failed_job_is_told_as_its_prompt_says(string prompt, FailureTransport usual, int status)
    {
        await using var atlas = await AtlasCaller.StartAsync(
            new SimulatorOptions { Faults = new FaultOptions { FailureTransport = usual } });
        var id = await atlas.SubmitImageAsync(prompt);
        atlas.Clock.Advance(LongEnough);

        var response = await atlas.GetAsync($"/model/prediction/{id}");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("failed", (string)(await AtlasCaller.ReadAsync(response))["data"]!["status"]!);
    }

    [Fact]
    public async Task A_job_that_times_out_is_told_so_and_not_charged()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await atlas.SubmitImageAsync("[timeout] a lake");
        atlas.Clock.Advance(LongEnough);

        var done = await atlas.PollAsync(id);

        Assert.Equal("timeout", (string)done["status"]!);
        Assert.False(done.ContainsKey("price"));
        Assert.Equal(0, atlas.Simulator.Seen.Charged);
    }

    [Theory]
    [InlineData("[submit-402:1] a lake", HttpStatusCode.PaymentRequired, 402)]
    [InlineData("[submit-402-as-200:1] a lake", HttpStatusCode.OK, 402)]
    [InlineData("[submit-429:1] a lake", HttpStatusCode.TooManyRequests, 429)]
    public async Task The_first_submission_is_refused_and_the_second_taken(
        string prompt, HttpStatusCode status, int code)
    {
        await using var atlas = await AtlasCaller.StartAsync();

        var first = await atlas.PostAsync("/model/generateImage", AtlasCaller.Image(prompt));
        var answer = await AtlasCaller.ReadAsync(first);

        Assert.Equal(status, first.StatusCode);
        Assert.Equal(code, (int)answer["code"]!);
        Assert.Null(first.Headers.RetryAfter);
        Assert.Empty(atlas.Simulator.Seen.Submissions);
        await atlas.SubmitImageAsync(prompt);
        Assert.Single(atlas.Simulator.Seen.Submissions);
    }

    [Fact]
    public async Task A_submission_can_meet_a_gateways_page_or_a_broken_connection()
    {
        await using var atlas = await AtlasCaller.StartAsync();

        var page = await atlas.PostAsync("/model/generateImage", AtlasCaller.Image("[submit-502] a lake"));
        await Assert.ThrowsAsync<HttpRequestException>(
            () => atlas.PostAsync("/model/generateImage", AtlasCaller.Image("[drop] a lake")));

        Assert.Equal(HttpStatusCode.BadGateway, page.StatusCode);
        Assert.StartsWith("<html>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(atlas.Simulator.Seen.Submissions);
    }

    [Fact]
    public async Task A_connection_can_break_before_anything_is_read()
    {
        await using var atlas = await AtlasCaller.StartAsync(With(new FaultOptions { SubmitDroppedRate = 1 }));

        await Assert.ThrowsAsync<HttpRequestException>(
            () => atlas.PostAsync("/model/generateImage", AtlasCaller.Image()));

        Assert.Empty(atlas.Simulator.Seen.Submissions);
    }

    [Fact]
    public async Task An_accepted_submission_loses_its_answer_the_first_time()
    {
        await using var atlas = await AtlasCaller.StartAsync();

        await Assert.ThrowsAsync<HttpRequestException>(
            () => atlas.PostAsync("/model/generateImage", AtlasCaller.Image("[lost:1] a lake")));
        await atlas.SubmitImageAsync("[lost:1] a lake");

        Assert.Equal(2, atlas.Simulator.Seen.Submissions.Count);
    }

    [Theory]
    [InlineData("[poll-404:2] a lake", HttpStatusCode.NotFound)]
    [InlineData("[poll-429:2] a lake", HttpStatusCode.TooManyRequests)]
    [InlineData("[poll-502:2] a lake", HttpStatusCode.BadGateway)]
    public async Task The_first_polls_meet_trouble_and_the_next_do_not(string prompt, HttpStatusCode trouble)
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await atlas.SubmitImageAsync(prompt);

        List<HttpStatusCode> statuses = [];
        for (var poll = 0; poll < 3; poll++)
            statuses.Add((await atlas.GetAsync($"/model/prediction/{id}")).StatusCode);

        Assert.Equal([trouble, trouble, HttpStatusCode.OK], statuses);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Polls_meet_trouble_by_chance(HttpStatusCode trouble)
    {
        await using var atlas = await AtlasCaller.StartAsync(With(
            trouble == HttpStatusCode.BadGateway
                ? new FaultOptions { Poll502Rate = 1 }
                : new FaultOptions { Poll429Rate = 1 }));

        var response = await atlas.GetAsync($"/model/prediction/{await atlas.SubmitImageAsync()}");

        Assert.Equal(trouble, response.StatusCode);
        Assert.Null(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task An_output_can_be_gone_when_it_is_fetched()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var url = await atlas.FinishAsync(await atlas.SubmitImageAsync("[expired] a lake"));

        Assert.Equal(HttpStatusCode.NotFound, (await atlas.Http.GetAsync(url)).StatusCode);
    }

    [Fact]
    public async Task A_price_comes_late_or_never_as_the_prompt_says()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var late = await atlas.SubmitImageAsync("[late-price:2] a lake");
        var never = await atlas.SubmitImageAsync("[no-price] a lake");
        atlas.Clock.Advance(LongEnough);

        List<bool> known = [];
        for (var poll = 0; poll < 3; poll++) known.Add((await atlas.PollAsync(late)).ContainsKey("price"));

        Assert.Equal([false, false, true], known);
        Assert.False((await atlas.PollAsync(never)).ContainsKey("price"));
        Assert.Equal(0.08m, atlas.Simulator.Seen.Charged);
    }

    [Fact]
    public async Task A_charge_can_differ_from_the_quote_that_was_reserved()
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Balance = 1 });
        var id = await atlas.SubmitImageAsync("[charge:150] a lake");

        Assert.Equal("0.040000", await MoneyAsync(atlas, "frozen"));
        atlas.Clock.Advance(LongEnough);

        Assert.Equal("0.06", (string)(await atlas.PollAsync(id))["price"]!);
        Assert.Equal("0.000000", await MoneyAsync(atlas, "frozen"));
        Assert.Equal("0.940000", await MoneyAsync(atlas, "available"));
    }

    [Fact]
    public async Task What_cannot_be_paid_may_be_said_in_a_good_status()
    {
        var options = new SimulatorOptions
        {
            Balance = 0.01m, Faults = new FaultOptions { PaymentRefusal = PaymentRefusal.Ok },
        };
        await using var atlas = await AtlasCaller.StartAsync(options);

        var response = await atlas.PostAsync("/model/generateImage", AtlasCaller.Image());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(402, (int)(await AtlasCaller.ReadAsync(response))["code"]!);
    }

    [Theory]
    [InlineData(Outcome.TimedOut)]
    [InlineData(Outcome.Moderated)]
    [InlineData(Outcome.Empty)]
    public async Task A_share_of_generations_ends_in_other_ways(Outcome outcome)
    {
        await using var atlas = await AtlasCaller.StartAsync(With(new FaultOptions
        {
            TimedOutRate = outcome == Outcome.TimedOut ? 1 : 0,
            ModeratedRate = outcome == Outcome.Moderated ? 1 : 0,
            EmptyRate = outcome == Outcome.Empty ? 1 : 0,
        }));
        await atlas.SubmitImageAsync();

        Assert.Equal(outcome, atlas.Simulator.Seen.Submissions.Single().Outcome);
    }

    [Fact]
    public async Task The_words_for_a_status_vary_where_they_are_told_to()
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { VariedStatuses = true });
        HashSet<string> initial = [], final = [];
        for (var job = 0; job < 40; job++)
        {
            var id = await atlas.SubmitImageAsync($"lake {job}");
            initial.Add((string)(await atlas.PollAsync(id))["status"]!);
        }

        atlas.Clock.Advance(LongEnough);
        foreach (var prediction in atlas.Simulator.Seen.Submissions)
            final.Add((string)(await atlas.PollAsync(prediction.Id))["status"]!);

        Assert.True(initial.Count > 2);
        Assert.Equal(["completed", "succeeded"], final.Order());
    }

    private static SimulatorOptions With(FaultOptions faults) => new() { Faults = faults };

    private static async Task<string> MoneyAsync(AtlasCaller atlas, string field) =>
        (string)(await AtlasCaller.ReadAsync(
            await atlas.GetAtHostAsync("/public/v1/balance")))[field]!["value"]!;
}
