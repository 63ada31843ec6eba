using AtlasActors.Costs;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Host.Settings;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Scheduling;

/// <summary>Schedules as a configuration has them.</summary>
public sealed class ScheduleReaderSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ScheduleReaderSpecs()
    {
        Directory.CreateDirectory(_folder.File("packs"));
        File.WriteAllText(_folder.File("packs/weekly.yaml"), Files.Pack);
        File.WriteAllText(_folder.File("mistakes.yaml"), Files.TenMistakes);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var schedule = Assert.Single(Read("""
            atlas-service.schedules = [ {
              name = monday-pack, cron = "0 7 * * MON", time-zone = "Europe/Berlin", file = "packs/weekly.yaml"
              overlap = queue, misfire = all, max-cost = 5.00, labels { team = films, customer = "Rex & Co" }
              webhook = "https://example.org/hooks", paused = on
            } ]
            """));
        Assert.Equal(("monday-pack", "0 7 * * MON", "Europe/Berlin"), (schedule.Name, schedule.Times.Text, schedule.Times.ZoneName));
        Assert.Equal(("packs/weekly.yaml", _folder.File("packs/weekly.yaml")), (schedule.File, schedule.Path));
        Assert.Equal((OverlapPolicy.Queue, MisfirePolicy.All), (schedule.Overlap, schedule.Misfire));
        Assert.Equal((new Usd(5), "https://example.org/hooks", true), (schedule.MaxCost, schedule.Webhook, schedule.IsPaused));
        Assert.Equal([("customer", "Rex & Co"), ("team", "films")], schedule.Labels.Select(label => (label.Key, label.Value)));
    }

    [Fact]
    public void Little_must_be_said()
    {
        var schedule = Assert.Single(Read("""atlas-service.schedules = [ { name = s, cron = "@daily", file = packs/weekly.yaml } ]"""));
        Assert.Equal(
            ("UTC", OverlapPolicy.Skip, MisfirePolicy.Once, null, null, false),
            (schedule.Times.ZoneName, schedule.Overlap, schedule.Misfire, schedule.MaxCost, schedule.Webhook, schedule.IsPaused));
        Assert.Empty(schedule.Labels);
        Assert.Empty(Read(""));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_with_its_path()
    {
        var faults = new List<string>();
        ServiceSettings.Read(
            """
            atlas-service.schedules = [
              { name = a, cron = "0 7 * * MON", file = packs/weekly.yaml }
              { name = a, cron = "0 7 * * MON", file = packs/weekly.yaml }
              { name = "Not So", cron = "61 * * * *", time-zone = Mars, file = nowhere.yaml, overlap = maybe, misfire = never }
              { cron = "@daily", file = mistakes.yaml, max-cost = much, webhook = "ftp://x", paused = perhaps, labels { TEAM = a, team = "" }, budget = 5 }
              { }
            ]
            """, [], faults, _folder.Path);
        var wanted = new[]
        {
            "[2].name is 'a', and another schedule is called so", "[3].name is 'Not So': a lower-case letter",
            "[3].cron is '61 * * * *', which is not in order", "[3].time-zone is 'Mars', which is no time zone",
            "[3].file is no batch file that can be worked on: nowhere.yaml: ", "[3].overlap is 'maybe': give skip, queue or allow.",
            "[3].misfire is 'never': give once, skip or all.", "[4].name is missing: give a name such as monday-pack.",
            "[4].file is no batch file that can be worked on: mistakes.yaml:1:", "[4].max-cost is 'much'", "[4].webhook wants an address",
            "[4].paused is 'perhaps'", "[4].labels.TEAM is no name for a label", "[4].labels.team is empty", "[4].budget is no key", "[5].name is missing",
            "[5].cron is missing: give when it fires", "[5].file is missing: give a batch file.",
        };
        Assert.All(wanted, text => Assert.Contains(faults, fault => fault.StartsWith("atlas-service.schedules" + text, StringComparison.Ordinal)));
        Assert.Equal(wanted.Length, faults.Count);
    }

    [Fact]
    public void Of_a_file_with_many_faults_the_first_are_told_and_how_many_more_there_are()
    {
        var faults = new List<string>();
        ServiceSettings.Read(
            """atlas-service.schedules = [ { name = s, cron = "@daily", file = mistakes.yaml } ]""", [], faults, _folder.Path);
        Assert.Matches(@"; and \d+ more\.$", Assert.Single(faults));
    }

    [Theory]
    [InlineData("http://10.0.0.1/", false, "private network")]
    [InlineData("http://example.org/", false, "is http")]
    [InlineData("http://10.0.0.1/", true, null)]
    public void Webhooks_go_where_the_others_may(string url, bool arePrivateAllowed, string? says)
    {
        var faults = new List<string>();
        ServiceSettings.Read(
            $$"""atlas-service.schedules = [ { name = s, cron = "@daily", file = packs/weekly.yaml, webhook = "{{url}}" } ]""",
            [], faults, _folder.Path, arePrivateAllowed);
        if (says is null) Assert.Empty(faults);
        else Assert.Contains(says, Assert.Single(faults), StringComparison.Ordinal);
    }

    private IReadOnlyList<ScheduleSettings> Read(string hocon)
    {
        var faults = new List<string>();
        var settings = ServiceSettings.Read(hocon, [], faults, _folder.Path);
        Assert.Empty(faults);
        return settings.Schedules;
    }
}
