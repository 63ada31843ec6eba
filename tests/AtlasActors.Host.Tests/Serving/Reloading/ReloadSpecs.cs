using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Reloading;

/// <summary>SIGHUP has the configuration read again.</summary>
public sealed class ReloadSpecs : IAsyncLifetime
{
    private const string Begun = """
        atlas-actors { account-limit = 100, poll-timeout = 30s }
        atlas-service { max-jobs = 5, webhook = "https://hooks.example.org/in?token=hidden" }
        """;

    private readonly ServedBatches _served = new();

    public async Task InitializeAsync()
    {
        await WriteAsync(Begun);
        await _served.StartAsync("--config", "service.conf", "--rate", "100000", "--log-level", "warning");
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task What_may_change_is_in_force_at_once_and_a_line_says_what_it_was_and_is()
    {
        Assert.Equal(0.08m, await EstimateAsync());
        await WriteAsync("""
            atlas-actors { account-limit = 7, model-limits = [ { model = a, limit = 2 } ], poll-timeout = 30s
              budgets = [ { name = films, per = day, limit = 5 } ] }
            atlas-service { max-jobs = 1, submit-rate = 100000, stop-within = 40s
              webhook = "https://other.example.org/in?token=secret"
              prices = [ { model = "black-forest-labs/flux-2-pro/text-to-image", price = 0.5 } ] }
            """);

        var line = await _served.HangUpAsync("The configuration was read again: ");

        Assert.Equal(
            "The configuration was read again: atlas-actors.account-limit from 100 to 7, atlas-actors.budgets, atlas-actors.model-limits, "
            + "atlas-service.max-jobs from 5 to 1, atlas-service.prices, atlas-service.stop-within from 100s to 40s, "
            + "atlas-service.submit-rate from 10 to 100000, atlas-service.webhook from https://hooks.example.org/in to https://other.example.org/in.",
            line.Trim());
        Assert.Equal(["limit to 7", "set budgets films"], _served.Batches.Asked);
        Assert.Equal((7, 2), (_served.Batches.Limits.Account, _served.Batches.Limits.Of("a")));
        Assert.Contains("1 are taken in one batch", (await _served.SendAsync("POST", "/v1/estimate", Pictures(2))).Body, StringComparison.Ordinal);
        Assert.Equal(0.5m, await EstimateAsync(1));
        Assert.Equal(0, await _served.StopAsync());
        Assert.Equal(TimeSpan.FromSeconds(30), _served.Batches.StopWithin);
        Assert.DoesNotContain("hidden", _served.Errors + _served.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _served.Errors + _served.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_in_order_leaves_all_as_it_is_and_is_told_as_one_error()
    {
        await WriteAsync("atlas-actors { account-limit = none, acount = 1 }\natlas-service { max-jobs = 1, submit-rate = fast }");

        var line = await _served.HangUpAsync("not in order");

        Assert.Contains(
            "The configuration is not in order, and all stays as it is: atlas-service.submit-rate is 'fast': give a number",
            line, StringComparison.Ordinal);
        Assert.Contains("atlas-actors.acount is no key of AtlasActors", line, StringComparison.Ordinal);
        Assert.Contains("atlas-actors.account-limit is 'none'", line, StringComparison.Ordinal);
        Assert.Empty(_served.Batches.Asked);
        Assert.Equal(0.08m, await EstimateAsync());

        // What is put right is taken on.
        await WriteAsync(Begun.Replace("max-jobs = 5", "max-jobs = 6", StringComparison.Ordinal));
        Assert.Contains("max-jobs from 5 to 6", await _served.HangUpAsync("was read again"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_needs_a_start_is_named_in_a_warning_each_time_and_stays_as_it_is()
    {
        await WriteAsync("""
            atlas-actors { account-limit = 100, poll-timeout = 10s }
            atlas-service { max-jobs = 5, webhook = "https://hooks.example.org/in?token=hidden", listen = "http://127.0.0.1:1", log-level = debug }
            akka.loglevel = DEBUG
            """);

        Assert.EndsWith("nothing is changed.", (await _served.HangUpAsync("was read again")).Trim(), StringComparison.Ordinal);

        // --log-level was said by a flag: the file's counts for nothing.
        Assert.Contains(
            "Changed in the configuration, and in force from the next start on: akka, atlas-actors.poll-timeout",
            _served.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("log-level", _served.Errors, StringComparison.Ordinal);
        Assert.Equal(200, (await _served.SendAsync("GET", "/v1/models")).Status);
    }

    [Fact]
    public async Task A_lower_rate_holds_from_the_next_request_on()
    {
        for (var i = 0; i < 5; i++) await EstimateAsync();
        await WriteAsync(Begun.Replace("max-jobs = 5", "max-jobs = 5, submit-rate = 0.001", StringComparison.Ordinal));
        await _served.HangUpAsync("submit-rate from 10 to 0.001");

        await EstimateAsync();
        Assert.Equal(429, (await _served.SendAsync("POST", "/v1/estimate", Pictures(1))).Status);
    }

    private Task WriteAsync(string hocon) => File.WriteAllTextAsync(Path.Combine(_served.Folder, "service.conf"), hocon);

    private async Task<decimal> EstimateAsync(int jobs = 2) =>
        (await _served.JsonAsync("POST", "/v1/estimate", 200, Pictures(jobs))).GetProperty("total").GetDecimal();

    private static string Pictures(int count) => "jobs:\n" + string.Concat(Enumerable.Range(1, count).Select(
        job => $"  - {{ name: Picture {job}, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: p{job} }}\n"));
}
