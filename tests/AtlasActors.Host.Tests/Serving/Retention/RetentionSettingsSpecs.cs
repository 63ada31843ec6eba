using AtlasActors.Host.Serving.Retention;
using AtlasActors.Host.Settings;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Retention;

/// <summary>How long is kept what: as the configuration says, and nothing is removed that it does not name.</summary>
public sealed class RetentionSettingsSpecs
{
    [Theory]
    [InlineData("")]
    [InlineData("atlas-service.retention { events = keep, outputs = keep }")]
    public void Where_nothing_is_asked_for_no_batch_loses_anything(string hocon) =>
        Assert.Equal(new RetentionSettings { Deliveries = TimeSpan.FromDays(30), Every = TimeSpan.FromHours(1) }, Read(hocon));

    [Fact]
    public void Each_key_is_read() => Assert.Equal(
        new RetentionSettings
        {
            Events = TimeSpan.FromDays(90), Outputs = TimeSpan.FromDays(30), Deliveries = TimeSpan.FromDays(7), Every = TimeSpan.FromMinutes(10),
        },
        Read("atlas-service.retention { events = 90 days, outputs = 30d, deliveries = 7 days, every = 10 minutes }"));

    [Fact]
    public void What_is_wrong_is_told_with_its_path_and_what_to_do()
    {
        var faults = new List<string>();
        ServiceSettings.Read("atlas-service.retention { events = forever, output = 30 days, deliveries = 0 }", [], faults);
        Assert.Equal(
        [
            "atlas-service.retention.output is no key: did you mean 'outputs'?",
            "atlas-service.retention.events is 'forever': give keep, or a duration such as 500ms, 30s, 2 minutes or 14 days.",
            "atlas-service.retention.deliveries is '0': give a duration such as 500ms, 30s, 2 minutes or 14 days.",
        ], faults);
    }

    private static RetentionSettings Read(string hocon)
    {
        var faults = new List<string>();
        var settings = ServiceSettings.Read(hocon, [], faults).Retention;
        Assert.Empty(faults);
        return settings;
    }
}
