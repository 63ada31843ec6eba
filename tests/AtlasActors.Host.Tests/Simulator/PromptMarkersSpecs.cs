using AtlasActors.Simulator.Predictions;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class PromptMarkersSpecs
{
    [Theory]
    [InlineData("a lake", 1, Outcome.Completed)]
    [InlineData("a lake [fail]", 1, Outcome.Failed)]
    [InlineData("a lake [fail]", 100, Outcome.Failed)]
    [InlineData("[FAIL:1] a lake", 1, Outcome.Failed)]
    [InlineData("[fail:1] a lake", 2, Outcome.Completed)]
    [InlineData("[fail:2] a lake", 2, Outcome.Failed)]
    [InlineData("[fail-500:1] a lake", 1, Outcome.Failed)]
    [InlineData("[fail-200] a lake", 1, Outcome.Failed)]
    [InlineData("[fail:1] a lake [empty]", 2, Outcome.Empty)]
    [InlineData("[moderation]", 1, Outcome.Moderated)]
    [InlineData("[timeout:1]", 1, Outcome.TimedOut)]
    [InlineData("[timeout:1]", 2, Outcome.Completed)]
    [InlineData("a [failing] lake", 1, Outcome.Completed)]
    [InlineData("a [fail:] lake", 1, Outcome.Completed)]
    public void A_prompt_orders_how_its_attempts_end(string prompt, int attempt, Outcome outcome) =>
        Assert.Equal(outcome, PromptMarkers.Read(prompt).OutcomeOf(attempt));

    [Fact]
    public void A_marker_is_heard_among_others()
    {
        var markers = PromptMarkers.Read("a lake [fail:1] [slow] at [charge:130] dusk");

        Assert.True(markers.Has(PromptMarker.Slow));
        Assert.Equal(130, markers.NumberOf(PromptMarker.Charge));
        Assert.Null(markers.NumberOf(PromptMarker.Slow));
    }

    [Fact]
    public void A_number_too_large_to_count_to_is_every_time() =>
        Assert.True(PromptMarkers.Read("[fail:99999999999]").Hits(PromptMarker.Fail, int.MaxValue));
}
