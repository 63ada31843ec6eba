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
    [InlineData("[fail:1] a lake [empty]", 2, Outcome.Empty)]
    [InlineData("[moderation]", 1, Outcome.Moderated)]
    [InlineData("a [failing] lake", 1, Outcome.Completed)]
    public void A_prompt_orders_how_its_attempts_end(string prompt, int attempt, Outcome outcome) =>
        Assert.Equal(outcome, PromptMarkers.Read(prompt).OutcomeOf(attempt));

    [Fact]
    public void Slow_is_heard_among_other_markers() =>
        Assert.True(PromptMarkers.Read("a lake [fail:1] [slow]").Slow);
}
