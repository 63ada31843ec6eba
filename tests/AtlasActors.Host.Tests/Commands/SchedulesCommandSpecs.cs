using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Commands;

/// <summary>Schedules on the command line.</summary>
public sealed class SchedulesCommandSpecs : IDisposable
{
    private readonly ScriptedProgram _program = new ScriptedProgram()
        .WithFile("config/pack.yaml", Files.Pack)
        .WithFile("config/service.conf", """
            atlas-service.schedules = [
              { name = new-year, cron = "0 0 7 1 1 ? 2090-2095", time-zone = "Europe/Berlin", file = pack.yaml }
              { name = once, cron = "0 0 7 1 1 ? 2090", file = pack.yaml, paused = on }
              { name = over, cron = "0 0 7 1 1 ? 2020", file = pack.yaml }
            ]
            """);

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Each_is_listed_with_its_next_five_firings_and_its_last()
    {
        Remember();
        Assert.Equal(0, await _program.RunAsync("schedules", "list", "--config", "config/service.conf"));
        Assert.Equal(
            """
            new-year: 0 0 7 1 1 ? 2090-2095 (Europe/Berlin), pack.yaml
              next    Sun 2090-01-01 07:00:00 +01:00   2090-01-01 06:00:00 UTC
                      Mon 2091-01-01 07:00:00 +01:00   2091-01-01 06:00:00 UTC
                      Tue 2092-01-01 07:00:00 +01:00   2092-01-01 06:00:00 UTC
                      Thu 2093-01-01 07:00:00 +01:00   2093-01-01 06:00:00 UTC
                      Fri 2094-01-01 07:00:00 +01:00   2094-01-01 06:00:00 UTC
              last    2026-11-23 06:00:00 UTC, asked for, failed: The file was gone.

            once: 0 0 7 1 1 ? 2090 (UTC), pack.yaml
              paused  by the configuration
              next    Sun 2090-01-01 07:00:00 +00:00   2090-01-01 07:00:00 UTC
              last    none yet

            over: 0 0 7 1 1 ? 2020 (UTC), pack.yaml
              next    never again
              last    none yet

            """, _program.Text);
    }

    [Fact]
    public async Task They_are_a_document_too()
    {
        Remember();
        Assert.Equal(0, await _program.RunAsync("schedules", "list", "--config", "config/service.conf", "--json"));
        var schedules = JsonDocument.Parse(_program.Text).RootElement.GetProperty("schedules").EnumerateArray().ToList();
        Assert.Equal(["new-year", "once", "over"], schedules.Select(schedule => schedule.GetProperty("name").GetString()));
        Assert.Equal([5, 1, 0], schedules.Select(schedule => schedule.GetProperty("next").GetArrayLength()));
        Assert.Equal("failed", schedules[0].GetProperty("last").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_folder_without_firings_is_left_as_it_is()
    {
        Assert.Equal(0, await _program.RunAsync("schedules", "list", "--config", "config/service.conf", "nowhere"));
        Assert.Contains("none yet", _program.Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_program.Folder.File("nowhere")));
    }

    [Fact]
    public async Task Firings_that_cannot_be_read_are_told_of_with_what_to_do()
    {
        _program.WithFile("batches/.atlas-actors/schedules.db", string.Concat(Enumerable.Repeat("This is no database. ", 100)));
        Assert.Equal(1, await _program.RunAsync("schedules", "list", "--config", "config/service.conf"));
        Assert.Contains("schedules.db cannot be opened", _program.Errors, StringComparison.Ordinal);
        Assert.Contains("move it away to begin anew", _program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_without_schedules_says_where_they_are_written()
    {
        _program.WithFile("service.conf", "atlas-service {}");
        Assert.Equal(0, await _program.RunAsync("schedules", "list", "--config", "service.conf"));
        Assert.Contains("service.conf has no schedules", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_them_is_told_all_at_once()
    {
        _program.WithFile("service.conf", """atlas-service.schedules = [ { name = a, cron = "0 7 *", file = gone.yaml } ]""");
        Assert.Equal(2, await _program.RunAsync("schedules", "list", "--config", "service.conf"));
        Assert.Contains("- atlas-service.schedules[1].cron is '0 7 *': give five fields", _program.Errors, StringComparison.Ordinal);
        Assert.Contains("- atlas-service.schedules[1].file is no batch file", _program.Errors, StringComparison.Ordinal);
        Assert.Equal(2, await _program.RunAsync("serve", "--simulate", "--config", "service.conf"));
        Assert.Contains("- atlas-service.schedules[1].cron", _program.Errors, StringComparison.Ordinal);
    }

    private void Remember()
    {
        Directory.CreateDirectory(_program.Folder.File("batches/.atlas-actors"));
        using var ledger = ScheduleLedger.Open(_program.Folder.File("batches/.atlas-actors/schedules.db"));
        var now = new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);
        ledger.Ask("new-year", BatchId.Parse("asked-1"), now);
        ledger.Note(BatchId.Parse("asked-1"), FiringState.Failed, "The file was gone.", now);
    }
}
