using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>What the running service shows to those who watch over it: the real program.</summary>
public sealed class SeenFromOutsideSpecs
{
    [Fact]
    public async Task Prometheus_finds_what_a_batch_did_and_all_of_it_is_in_its_form()
    {
        await using var runs = await ServedRuns.StartAsync();
        await runs.RehearseWithAsync("""
            atlas-actors.budgets = [ { name = films, label = "team:films", per = total, limit = 1 } ]
            """);
        var id = await runs.BeginAsync("one", "two", "three");
        await runs.RestsAsync(id, "succeeded", 3);

        var text = await runs.GetTextAsync("/metrics");

        const string model = "model=\"black-forest-labs/flux-2-pro/text-to-image\"";
        Assert.Equal(3, Value(text, $"atlas_actors_submissions_total{{{model},outcome=\"accepted\"}}"));
        Assert.Equal(3, Value(text, $"atlas_actors_jobs_ended_total{{end=\"succeeded\",{model}}}"));
        Assert.Equal(3, Value(text, $"atlas_actors_generation_time_seconds_count{{{model}}}"));
        Assert.Equal(3, Value(text, $"atlas_actors_generation_time_seconds_bucket{{{model},le=\"+Inf\"}}"));
        Assert.True(Value(text, $"atlas_actors_polls_total{{{model}}}") >= 3);
        Assert.Equal(0, Value(text, $"atlas_actors_jobs{{{model},stage=\"generating\"}}"));
        Assert.Equal(0.88, Value(text, "atlas_actors_budget_left_usd{budget=\"films\"}"), 6);
        Assert.Equal(0, Value(text, $"atlas_actors_jobs_waiting{{{model},reason=\"slot\"}}"));
        Assert.Equal(0, Value(text, "atlas_actors_webhooks_settled_total{outcome=\"failed\"}"));
        Assert.Contains("\natlas_actors_webhooks_pending 0\n", text, StringComparison.Ordinal);
        Assert.Contains("\natlas_actors_webhooks_oldest_seconds 0\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE atlas_actors_journal_latency_seconds histogram\n", text, StringComparison.Ordinal);
        Assert.Contains("\ndotnet_process_memory_working_set", text, StringComparison.Ordinal);
        var drawn = Regex.Matches(File.ReadAllText(Samples.InDocs("operations/grafana-dashboard.json")), @"atlas_actors_\w+");
        Assert.All(drawn.Select(name => name.Value).Distinct(), name => Assert.Contains($"\n{name}", text, StringComparison.Ordinal));
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(
            """^(# (HELP|TYPE) [a-z_]\w* .+|[a-z_]\w*(\{(\w+="(\\.|[^"\\])*",?)+\})? [-+.\dEeINa-f]+)$""", line));
    }

    [Fact]
    public async Task A_collector_that_is_named_gets_metrics_and_a_trace_for_each_attempt()
    {
        var told = new ConcurrentDictionary<string, string>();
        await using var collector = await LocalServer.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var text = Encoding.Latin1.GetString(body.ToArray());
            told.AddOrUpdate(context.Request.Path, text, (_, before) => before + text);
        });
        await using var runs = await ServedRuns.StartAsync();
        runs.With("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Origin.ToString()).With("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        var program = await runs.RehearseAsync();
        var id = await runs.BeginAsync("one", "two");
        await runs.RestsAsync(id, "succeeded", 2);

        // What is not sent yet is sent as it ends.
        Signals.Terminate(program);
        Assert.Equal(0, await program.EndsAsync());

        Assert.Contains("atlas_actors.submissions", told["/v1/metrics"], StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(told["/v1/traces"], "atlas\\.prediction"));
        Assert.Contains(id, told["/v1/traces"], StringComparison.Ordinal);
    }

    private static double Value(string text, string sample)
    {
        // The order of labels is the library's affair.
        var labels = Regex.Match(sample, @"\{(.*)\}").Groups[1].Value.Split(',').Order().ToList();
        var name = sample[..sample.IndexOf('{', StringComparison.Ordinal)];
        var line = text.Split('\n').Single(line => line.StartsWith(name + "{", StringComparison.Ordinal)
            && Regex.Match(line, @"\{(.*)\}").Groups[1].Value.Split(',').Order().SequenceEqual(labels));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }
}
