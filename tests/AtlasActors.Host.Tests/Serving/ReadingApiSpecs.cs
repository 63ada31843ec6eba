using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>The lists: pages, filters, and each way to ask wrongly.</summary>
public sealed class ReadingApiSpecs : IAsyncLifetime
{
    private readonly ServedBatches _served = new();

    public async Task InitializeAsync()
    {
        SomeBatches.AddTo(_served.Batches);
        await _served.StartAsync();
    }

    public Task DisposeAsync() => _served.DisposeAsync().AsTask();

    [Theory]
    [InlineData("/v1/batches?limit=2", "batches", "id", "b-5 b-4|b-3 b-2|b-1")]
    [InlineData("/v1/batches?limit=5", "batches", "id", "b-5 b-4 b-3 b-2 b-1")]
    [InlineData("/v1/batches?limit=1&label=team:films", "batches", "id", "b-2|b-1")]
    [InlineData("/v1/batches/b-5/jobs?limit=3", "jobs", "number", "1 2 3|4 5 6|7")]
    [InlineData("/v1/batches/b-5/jobs?limit=4&state=succeeded", "jobs", "number", "1 2 3 4|5 6 7")]
    public async Task A_list_comes_page_by_page_and_each_entry_once(string path, string list, string key, string pages)
    {
        var seen = new List<string>();
        var cursor = "";
        do
        {
            var page = await _served.JsonAsync("GET", path + cursor, 200);
            seen.Add(string.Join(' ', page.GetProperty(list).EnumerateArray().Select(one => one.GetProperty(key).ToString())));
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);
        Assert.Equal(pages, string.Join('|', seen));
    }

    [Fact]
    public async Task What_comes_while_somebody_pages_is_not_in_the_way()
    {
        var first = await _served.JsonAsync("GET", "/v1/batches?limit=2", 200);
        var begun = await _served.JsonAsync("POST", "/v1/batches", 201, Files.Pack);
        var second = await _served.JsonAsync("GET", $"/v1/batches?limit=2&cursor={first.GetProperty("next").GetString()}", 200);
        Assert.Equal(["b-3", "b-2"], Ids(second));
        var id = begun.GetProperty("batch").GetProperty("id").GetString();
        Assert.Equal(id, (await _served.JsonAsync("GET", $"/v1/batches/{id}", 200)).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("state=halted", "b-4")]
    [InlineData("state=halted&state=finished", "b-5 b-4 b-3 b-2 b-1")]
    [InlineData("state=running", "")]
    [InlineData("label=team:films", "b-2 b-1")]
    [InlineData("label=team:films&label=customer:acme", "b-2")]
    [InlineData("label=team:film", "")]
    [InlineData("from=2026-11-21T08:00:00Z", "b-5 b-4 b-3")]
    [InlineData("from=2026-11-21T10:00:00%2B02:00", "b-5 b-4 b-3")]
    [InlineData("to=2026-11-21T08:00:00Z", "b-2 b-1")]
    [InlineData("from=2026-11-22", "")]
    [InlineData("from=2026-11-21T07:00:00Z&to=2026-11-21T09:00:00Z&state=finished", "b-3 b-2")]
    [InlineData("text=cafe", "b-1")]
    [InlineData("text=CAF%C3%89", "b-1")]
    [InlineData("text=har", "b-2")]
    [InlineData("text=acme", "b-2")]
    [InlineData("text=red%20blue", "b-1")]
    [InlineData("text=red%20dune", "")]
    [InlineData("text=pack-b-3.yaml", "b-3")]
    [InlineData("text=%22%20OR%20*%20NEAR(", "")]
    public async Task Batches_are_found_by(string filter, string ids) =>
        Assert.Equal(ids, string.Join(' ', Ids(await _served.JsonAsync("GET", $"/v1/batches?{filter}", 200))));

    [Theory]
    [InlineData("b-2", "state=failed", "2")]
    [InlineData("b-2", "state=failed&state=succeeded", "1 2")]
    [InlineData("b-2", "error=1039", "2")]
    [InlineData("b-2", "error=MODERATION", "2")]
    [InlineData("b-2", "error=103", "")]
    [InlineData("b-2", "text=m_100%25", "2")]
    [InlineData("b-2", "text=%25", "2")]
    [InlineData("b-2", "text=harb", "1")]
    [InlineData("b-3", "model=bytedance/seedance-v1.5-pro/text-to-video", "1")]
    [InlineData("b-3", "model=bytedance", "")]
    [InlineData("b-3", "state=failed", "")]
    public async Task Jobs_are_found_by(string batch, string filter, string numbers)
    {
        var jobs = (await _served.JsonAsync("GET", $"/v1/batches/{batch}/jobs?{filter}", 200)).GetProperty("jobs");
        Assert.Equal(numbers, string.Join(' ', jobs.EnumerateArray().Select(job => job.GetProperty("number").GetInt32())));
    }

    [Theory]
    [InlineData("/v1/batches?limit=0&state=lost&label=films&from=soon&to=1&text=&colour=red&cursor=x", "colour cursor from label limit state text to")]
    [InlineData("/v1/batches?limit=501", "limit")]
    [InlineData("/v1/batches?limit=5&limit=6", "limit")]
    [InlineData("/v1/batches?limit=-1", "limit")]
    [InlineData("/v1/batches?label=:x&label=y:", "label label")]
    [InlineData("/v1/batches/b-1?limit=5", "limit")]
    [InlineData("/v1/batches/b-1/jobs?limit=x&state=finished&label=a:b", "label limit state")]
    [InlineData("/v1/batches/b-1/jobs?cursor=AAAA", "cursor")]
    [InlineData("/v1/batches/b-1/manifest?x", "x")]
    [InlineData("/v1/batches/b-1/files/images/job_1.png?download=maybe&y=1", "download y")]
    [InlineData("/v1/batches/b-1/events?from=yesterday&after=x", "after from")]
    [InlineData("/v1/batches/b-1/events?after=99999999999999999", "after")]
    [InlineData("/v1/events?after=-1&z=1", "after z")]
    [InlineData("/v1/costs?by=colour&from=1&to=tomorrow&label=x", "by from label to")]
    public async Task All_parameters_that_make_no_sense_are_named_at_once(string path, string names)
    {
        var problem = await _served.JsonAsync("GET", path, 400);
        var told = problem.GetProperty("parameters").EnumerateArray().ToList();
        Assert.Equal(names, string.Join(' ', told.Select(one => one.GetProperty("name").GetString()).Order(StringComparer.Ordinal)));
        Assert.All(told, one => Assert.EndsWith(".", one.GetProperty("message").GetString(), StringComparison.Ordinal));
        Assert.Contains(told[0].GetProperty("message").GetString()!, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_fits_the_list_and_the_filters_that_it_came_from_and_no_others()
    {
        var cursor = (await _served.JsonAsync("GET", "/v1/batches?limit=1&label=team:films", 200)).GetProperty("next").GetString();
        Assert.Equal(["b-1"], Ids(await _served.JsonAsync("GET", $"/v1/batches?label=team:films&limit=9&cursor={cursor}", 200)));
        foreach (var other in new[]
        {
            $"/v1/batches?cursor={cursor}", $"/v1/batches?label=team:shops&cursor={cursor}", $"/v1/batches?label=team:films&cursor={cursor}A",
            $"/v1/batches?label=team:films&cursor={cursor![..^2]}", $"/v1/batches/b-5/jobs?cursor={cursor}",
        })
            await _served.JsonAsync("GET", other, 400);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/jobs")]
    [InlineData("/manifest")]
    [InlineData("/events")]
    [InlineData("/files/images/job_1.png")]
    public async Task Of_a_batch_that_is_not_there_nothing_is_shown(string path)
    {
        foreach (var id in new[] { "none", "No%20Id", "..%2f" })
            Assert.Equal(404, (await _served.JsonAsync("GET", $"/v1/batches/{id}{path}", 404)).GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("DELETE", "/v1/batches/b-1")]
    [InlineData("POST", "/v1/batches/b-1/jobs")]
    [InlineData("POST", "/v1/batches/b-1/events")]
    [InlineData("POST", "/v1/batches/b-1/manifest")]
    [InlineData("PUT", "/v1/batches/b-1/files/images/job_1.png")]
    [InlineData("POST", "/v1/costs")]
    [InlineData("POST", "/v1/events")]
    public async Task What_is_only_to_be_read_takes_nothing_else(string method, string path) =>
        await _served.JsonAsync(method, path, 405, "");

    [Fact]
    public async Task A_batch_is_shown_as_in_the_list_with_all_of_its_money()
    {
        var listed = (await _served.JsonAsync("GET", "/v1/batches?label=customer:acme", 200)).GetProperty("batches")[0];
        var shown = await _served.JsonAsync("GET", "/v1/batches/b-2", 200);
        Assert.True(JsonElement.DeepEquals(listed, shown));
        Assert.Equal("""{"customer":"acme","team":"films"}""", JsonSerializer.Serialize(shown.GetProperty("labels")));
        Assert.Equal((2, 2, 0.04m), (shown.GetProperty("total").GetInt32(), shown.GetProperty("ended").GetInt32(),
            shown.GetProperty("money").GetProperty("charged").GetDecimal()));
    }

    [Fact]
    public async Task What_happens_is_in_the_lists_and_old_news_change_nothing()
    {
        var batch = _served.Batches.Known[0];
        var failed = Views.Job(1, JobStage.Failed, "Red Café", error: "gone") with { Revision = 9 };
        _served.Batches.Tell(new BatchNotice.JobMoved(batch.Id, failed));
        _served.Batches.Tell(new BatchNotice.JobMoved(batch.Id, Views.Job(1, JobStage.Generating, "Red Café") with { Revision = 8 }));
        _served.Batches.Tell(new BatchNotice.PhaseChanged(batch with { Phase = BatchPhase.Halted, Revision = 12 }));
        await _served.JsonAsync("POST", "/v1/batches/b-2/resume", 200); // Written after what was told before it.

        var shown = await _served.JsonAsync("GET", "/v1/batches/b-1", 200);
        Assert.Equal(("halted", 1, 0.05m), (shown.GetProperty("state").GetString(), shown.GetProperty("counts").GetProperty("failed").GetInt32(),
            shown.GetProperty("money").GetProperty("charged").GetDecimal()));
    }

    [Theory]
    [InlineData("by=model", "black-forest-labs/flux-2-pro/text-to-image 10 0.41, bytedance/seedance-v1.5-pro/text-to-video 1 0.11")]
    [InlineData("", "black-forest-labs/flux-2-pro/text-to-image 10 0.41, bytedance/seedance-v1.5-pro/text-to-video 1 0.11")]
    [InlineData("by=batch", "b-1 2 0.09, b-2 1 0.04, b-3 1 0.11, b-5 7 0.28")]
    [InlineData("by=day", "2026-11-21 11 0.52")]
    [InlineData("by=label", "customer:acme 1 0.04, team:films 3 0.13, team:shops 1 0.11")]
    [InlineData("by=batch&label=team:films", "b-1 2 0.09, b-2 1 0.04")]
    [InlineData("by=day&from=2026-11-22", "")]
    [InlineData("by=day&to=2026-11-21", "")]
    [InlineData("by=day&from=2026-11-21&to=2026-11-22", "2026-11-21 11 0.52")]
    public async Task Costs_are_summed(string query, string lines)
    {
        var costs = await _served.JsonAsync("GET", $"/v1/costs?{query}", 200);
        Assert.Equal(lines, string.Join(", ", costs.GetProperty("costs").EnumerateArray().Select(line => FormattableString.Invariant(
            $"{line.GetProperty("name").GetString()} {line.GetProperty("charges").GetInt32()} {line.GetProperty("charged").GetDecimal()}"))));
        var total = costs.GetProperty("total").GetProperty("charged").GetDecimal();
        Assert.Equal(query == "by=label" ? 0.52m : lines.Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Sum(line => decimal.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture)), total);
    }

    private static List<string?> Ids(JsonElement page) =>
        [.. page.GetProperty("batches").EnumerateArray().Select(batch => batch.GetProperty("id").GetString())];
}
