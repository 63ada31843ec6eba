using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Hosting;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Scheduling;

/// <summary>Schedules over HTTP.</summary>
public sealed class SchedulesApiSpecs : IAsyncLifetime
{
    // Far enough away for no test to see it come.
    private const string Hocon = """
        atlas-service.schedules = [
          { name = weekly, cron = "0 0 7 1 1 ? 2090", time-zone = "Europe/Berlin", file = packs/weekly.yaml, max-cost = 5.00, labels { team = films } }
          { name = held, cron = "@yearly", file = packs/weekly.yaml, paused = on }
        ]
        """;

    private readonly ServedBatches _served = new();

    private string PackFile => Path.Combine(_served.Folder, "config", "packs", "weekly.yaml");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PackFile)!);
        await File.WriteAllTextAsync(PackFile, Files.PackWithAudio);
        await File.WriteAllTextAsync(Path.Combine(_served.Folder, "config", "service.conf"), Hocon);
        await StartAsync();
    }

    public Task DisposeAsync() => _served.DisposeAsync().AsTask();

    [Fact]
    public async Task They_are_listed_with_their_next_and_last_firings()
    {
        await FireAsync("k-1");
        var schedules = (await _served.JsonAsync("GET", "/v1/schedules", 200)).GetProperty("schedules").EnumerateArray().ToList();
        Assert.Equal(["weekly", "held"], schedules.Select(schedule => Text(schedule, "name")));
        var weekly = schedules[0];
        Assert.Equal(
            ("0 0 7 1 1 ? 2090", "Europe/Berlin", "packs/weekly.yaml", "skip", "once", 5m),
            (Text(weekly, "cron"), Text(weekly, "time_zone"), Text(weekly, "file"), Text(weekly, "overlap"), Text(weekly, "misfire"),
                weekly.GetProperty("max_cost").GetDecimal()));
        var next = Assert.Single(weekly.GetProperty("next").EnumerateArray());
        Assert.Equal(("2090-01-01T06:00:00+00:00", "2090-01-01T07:00:00+01:00"), (Text(next, "utc"), Text(next, "local")));
        Assert.Equal(("started", true), (Text(weekly.GetProperty("last"), "state"), weekly.GetProperty("last").GetProperty("asked").GetBoolean()));
        Assert.Equal(_served.Batches.Ids.Single().Value, Text(weekly.GetProperty("last"), "batch"));
        Assert.Equal(("configuration", 5), (Text(schedules[1], "paused"), schedules[1].GetProperty("next").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, schedules[1].GetProperty("last").ValueKind);
    }

    [Fact]
    public async Task One_is_fired_with_its_file_budget_and_labels()
    {
        var answer = await FireAsync("k-1");
        Assert.Equal(201, answer.Status);
        var body = JsonDocument.Parse(answer.Body).RootElement;
        var id = Text(body.GetProperty("batch"), "id");
        Assert.Equal($"/v1/batches/{id}", answer.Whole.Headers.Location!.ToString());
        Assert.Equal("Jingle", Text(Assert.Single(body.GetProperty("skipped").EnumerateArray()), "name"));
        Assert.Equal(["start with 5.0000"], _served.Batches.Asked);
        Assert.Equal([("schedule", "weekly"), ("team", "films")], _served.Batches.Started!.Labels.Select(label => (label.Key, label.Value)));
        await _served.JsonAsync("GET", $"/v1/batches/{id}", 200);
        Assert.Contains(
            "atlas_actors_schedule_firings_total{schedule=\"weekly\",state=\"started\"",
            (await _served.SendAsync("GET", "/metrics")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_request_again_fires_it_once_over_a_restart_too()
    {
        var first = await FireAsync("k-1");
        Assert.Equal(first.Body, (await FireAsync("k-1")).Body);
        await _served.StopAsync();
        await StartAgainAsync();
        Assert.Equal(first.Body, (await FireAsync("k-1")).Body);
        Assert.Single(_served.Batches.Ids);
        Assert.Equal(201, (await FireAsync("k-2")).Status);
        Assert.Equal(2, _served.Batches.Ids.Count);
    }

    [Fact]
    public async Task A_file_that_is_not_in_order_is_refused_with_its_faults_and_noted()
    {
        await File.WriteAllTextAsync(PackFile, Files.TenMistakes);
        var answer = await FireAsync("k-1");
        Assert.Equal(422, answer.Status);
        Assert.True(JsonDocument.Parse(answer.Body).RootElement.GetProperty("faults").GetArrayLength() >= 10, answer.Body);
        Assert.DoesNotContain(_served.Folder, answer.Body, StringComparison.Ordinal);
        var last = (await ScheduleAsync(0)).GetProperty("last");
        Assert.Equal("failed", Text(last, "state"));
        Assert.Contains("packs/weekly.yaml:1:", Text(last, "note"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, last.GetProperty("batch").ValueKind);
    }

    [Fact]
    public async Task What_the_journal_does_not_take_now_it_takes_later_by_the_same_id()
    {
        _served.Batches.Failing = new BatchException("The journal fails.");
        var answer = await FireAsync("k-1");
        Assert.Equal(503, answer.Status);
        Assert.Contains("The firing is recorded, and its batch", answer.Body, StringComparison.Ordinal);
        Assert.Equal("due", Text((await ScheduleAsync(0)).GetProperty("last"), "state"));
        _served.Batches.Failing = null;
        Assert.Equal(201, (await FireAsync("k-1")).Status);
        Assert.Single(_served.Batches.Known);
    }

    [Fact]
    public async Task A_pause_outlasts_a_restart_and_ends_with_a_resume()
    {
        Assert.Equal("person", Text(await _served.JsonAsync("POST", "/v1/schedules/weekly/pause", 200, ""), "paused"));
        await _served.StopAsync();
        await StartAgainAsync();
        Assert.Equal("person", Text(await ScheduleAsync(0), "paused"));
        var resumed = await _served.JsonAsync("POST", "/v1/schedules/weekly/resume", 200, "");
        Assert.Equal(JsonValueKind.Null, resumed.GetProperty("paused").ValueKind);
    }

    [Fact]
    public async Task What_the_configuration_pauses_is_resumed_there()
    {
        var problem = await _served.JsonAsync("POST", "/v1/schedules/held/resume", 409, "");
        Assert.Contains("The configuration has held paused", Text(problem, "detail"), StringComparison.Ordinal);
        Assert.Equal(201, (await _served.SendAsync("POST", "/v1/schedules/held/fire", "")).Status);
    }

    [Fact]
    public async Task Keys_for_reading_look_and_do_not_fire()
    {
        var reader = await _served.AddKeyAsync("reader", "read");
        (string, string) authorization = ("Authorization", $"Bearer {reader}");
        Assert.Equal(200, (await _served.SendAsync("GET", "/v1/schedules", (string?)null, null, authorization)).Status);
        foreach (var action in new[] { "fire", "pause", "resume" })
            Assert.Equal(403, (await _served.SendAsync("POST", $"/v1/schedules/weekly/{action}", "", null, authorization)).Status);
    }

    private Task<(int Status, string Body, HttpResponseMessage Whole)> FireAsync(string key) =>
        _served.SendAsync("POST", "/v1/schedules/weekly/fire", "", null, ("Idempotency-Key", key));

    private async Task<JsonElement> ScheduleAsync(int index) =>
        (await _served.JsonAsync("GET", "/v1/schedules", 200)).GetProperty("schedules")[index];

    private Task<ServedBatches> StartAsync() => _served.StartAsync("--config", "config/service.conf");

    private Task<ServedBatches> StartAgainAsync() => _served.StartAgainAsync("--config", "config/service.conf");

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
