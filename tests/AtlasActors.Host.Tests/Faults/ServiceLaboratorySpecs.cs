using System.Globalization;
using System.Text.Json;
using Xunit;
using Xunit.Abstractions;

namespace AtlasActors.Host.Tests.Faults;

/// <summary>
/// Many batches from many callers at once, on a budget, with a service that is ended again and again. docs/failure-modes.md says
/// how to run it for long.
/// </summary>
public sealed class ServiceLaboratorySpecs(ITestOutputHelper output)
{
    [Fact]
    public async Task Ended_in_the_middle_of_many_batches_it_ends_them_all_tells_every_end_and_keeps_to_its_budget()
    {
        var order = new ServiceOrder(Seed: 5, Batches: 8, Jobs: 12, Ends: 5).OrFromEnvironment();
        await using var lab = await ServiceLaboratory.OpenAsync(order);
        var films = Enumerable.Range(1, order.Batches).Count(ServiceLaboratory.IsFilms) * order.Jobs * ServiceLaboratory.Price;
        // No multiple of the price: a cent is left over.
        var budget = (Math.Floor(films * 0.6m / ServiceLaboratory.Price) * ServiceLaboratory.Price) + 0.01m;
        await lab.StartAsync(budget);
        var callers = Enumerable.Range(1, order.Batches).ToDictionary(batch => batch, lab.SubmitAsync);
        var kills = await EndAgainAndAgainAsync(lab, order, budget);

        await lab.UntilAsync(() => IsUsedUpAsync(lab));
        var shops = callers.Where(caller => !ServiceLaboratory.IsFilms(caller.Key)).Select(caller => caller.Value);
        foreach (var id in await Task.WhenAll(shops))
            await lab.UntilAsync(() => IsFinishedAsync(lab, id));
        AssertWithin(budget, await FilmsAsync(lab), lab);

        await lab.EndAsync(isKill: true);
        await lab.StartAsync(films * 2);
        var ids = await Task.WhenAll(callers.Values);
        foreach (var id in ids)
            await lab.UntilAsync(() => IsFinishedAsync(lab, id));
        var doubts = await ServiceChecks.AssertNothingIsLostOrPaidTwiceAsync(lab, order, callers.ToDictionary(one => one.Key, one => one.Value.Result));
        Assert.InRange(doubts, 0, (kills + 1) * ServiceLaboratory.MostInFlight);
        await ServiceChecks.AssertEveryEndIsToldAsync(lab, ids);
        var firings = await lab.EndScheduleAsync();
        ServiceChecks.AssertEachFiredOnce(lab, firings);
        output.WriteLine(
            $"Seed {order.Seed}: {order.Batches} batches of {order.Jobs}, ended {order.Ends + 1} times, {kills + 1} of them by kill -9: "
            + $"{doubts} in doubt, {lab.Refusals} times no room, {lab.Receiver.All.Count} webhooks of "
            + $"{lab.Receiver.All.DistinctBy(one => one.Id).Count()} events, {firings.Count} firings.");
    }

    [Fact]
    public async Task A_hundred_callers_at_once_spend_their_budget_to_the_cent_and_no_more()
    {
        var order = new ServiceOrder(Seed: 6, Batches: 200, Jobs: 3, Ends: 0);
        const decimal budget = 1.23m;
        await using var lab = await ServiceLaboratory.OpenAsync(order);
        await lab.StartAsync(budget);
        var callers = Enumerable.Range(1, order.Batches).ToDictionary(batch => batch, lab.SubmitAsync);
        await lab.UntilAsync(() => IsUsedUpAsync(lab));
        var films = await FilmsAsync(lab);
        AssertWithin(budget, films, lab);
        Assert.Equal(1.20m, Amount(films, "spent"));

        // Who comes now is refused, and asks again under the same key.
        callers.Add(order.Batches + 2, lab.SubmitAsync(order.Batches + 2));
        await lab.UntilAsync(() => Task.FromResult(lab.Refusals > 1));
        await lab.EndAsync(isKill: false);
        await lab.StartAsync(1000);
        foreach (var id in await Task.WhenAll(callers.Values))
            await lab.UntilAsync(() => IsFinishedAsync(lab, id));
        Assert.Equal(callers.Count * order.Jobs, ServiceChecks.PostedOf(lab).Count());
        Assert.Equal(lab.Seen.Submissions.Count, lab.Seen.SubmitRequests);
        films = await FilmsAsync(lab);
        Assert.Equal(101 * order.Jobs * ServiceLaboratory.Price, Amount(films, "spent"));
    }

    /// <summary>Ends it at drawn moments of what is submitted; how often by <c>kill -9</c>.</summary>
    private static async Task<int> EndAgainAndAgainAsync(ServiceLaboratory lab, ServiceOrder order, decimal budget)
    {
        var chance = new Random(order.Seed);
        var kills = 0;
        // As long as shops and films have something to do: the films stop at three fifths.
        var moments = Enumerable.Range(0, order.Ends).Select(_ => chance.Next(1, order.AllJobs * 7 / 10)).Order().ToList();
        foreach (var moment in moments)
        {
            await lab.UntilAsync(() => Task.FromResult(lab.Seen.Submissions.Count >= moment));
            var isKill = chance.Next(3) > 0;
            await lab.EndAsync(isKill);
            kills += isKill ? 1 : 0;
            await lab.StartAsync(budget);
        }
        return kills;
    }

    private static async Task<bool> IsUsedUpAsync(ServiceLaboratory lab) =>
        await FilmsAsync(lab) is var films && Amount(films, "left") < ServiceLaboratory.Price && Amount(films, "reserved") == 0;

    private static async Task<bool> IsFinishedAsync(ServiceLaboratory lab, string id) =>
        (await lab.GetAsync($"/v1/batches/{id}")).GetProperty("state").GetString() == "finished";

    private static async Task<JsonElement> FilmsAsync(ServiceLaboratory lab) =>
        (await lab.GetAsync("/v1/budgets")).GetProperty("budgets").EnumerateArray().Single();

    private static decimal Amount(JsonElement budget, string name) => budget.GetProperty(name).GetDecimal();

    /// <summary>What Atlas took for the films, and what it may have taken, is within their budget.</summary>
    private static void AssertWithin(decimal budget, JsonElement films, ServiceLaboratory lab)
    {
        var taken = ServiceChecks.PostedOf(lab).Count(prompt => ServiceLaboratory.IsFilms(ServiceChecks.BatchOf(prompt)));
        Assert.InRange(taken * ServiceLaboratory.Price, Amount(films, "spent"), budget);
        Assert.Equal(budget, Amount(films, "spent") + Amount(films, "in_doubt") + Amount(films, "left"));
        Assert.Equal(budget.ToString(CultureInfo.InvariantCulture), Amount(films, "limit").ToString(CultureInfo.InvariantCulture));
    }
}
