using AtlasActors.BatchFiles;
using AtlasActors.Polling;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public class PollKeySpecs
{
    [Theory]
    [InlineData("", true)]
    [InlineData("poll: {strategy: learned}", true)]
    [InlineData("poll: {price: 500ms}", true)]
    [InlineData("poll: {strategy: learned, initial: 2s, max: 20s}", true)]
    [InlineData("poll: {strategy: backoff}", false)]
    [InlineData("poll: {initial: 5s}", false)]
    [InlineData("poll: {initial: 2s, multiplier: 2, max: 20s}", false)]
    [InlineData("poll: {max: 10s}", false)]
    public void Polls_are_learned_unless_the_file_says_how_long_to_wait(string line, bool isLearned) =>
        Assert.Equal(isLearned, Read(line).IsLearned);

    [Fact]
    public void The_price_of_a_poll_is_a_wait() => Assert.Equal(TimeSpan.FromSeconds(0.5), Read("poll: {price: 500ms}").Price);

    [Fact]
    public void A_job_s_own_strategy_is_over_the_file_s() =>
        Assert.False(Read("poll: {strategy: learned, price: 4s}", ", poll: {strategy: backoff}").IsLearned);

    [Fact]
    public void A_price_and_a_backoff_do_not_go_together_and_a_word_that_is_none_is_a_fault()
    {
        var price = Assert.Single(Reading("poll: {strategy: backoff, price: 2s}", "").Faults);
        Assert.Equal(("poll.price", "a backoff does not weigh polls"), (price.Path, price.Message));

        Assert.Equal("poll.strategy", Assert.Single(Reading("poll: {strategy: learnt}", "").Faults).Path);
    }

    private static PollPolicy Read(string line, string job = "") => Reading(line, job).Definition!.Jobs[0].Policy.Poll;

    private static BatchFileReading Reading(string line, string job) => BatchFileReader.Read(
        $$"""
        {{line}}
        jobs:
          - {name: a, type: image, model: m/x, prompt: p{{job}}}
        """, "some.yaml");
}
