using AtlasActors.Batches;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>Cancelling and retrying some jobs of a batch.</summary>
public sealed class JobActionsSpecs : IAsyncLifetime
{
    private readonly ServedBatches _served = new();

    public async Task InitializeAsync()
    {
        _served.Batches.Jobs =
        [
            Views.Job(1, JobStage.Failed, "Hero", error: "moderation said no"), Views.Job(2, JobStage.Failed, "Clip", Views.Seedance, error: "timeout"),
            Views.Job(3, JobStage.InDoubt, "hero two"), Views.Job(4, JobStage.Queued, "Rest"),
        ];
        _served.Batches.Known.Add(Views.Batch(BatchPhase.Finished, _served.Batches.Jobs, id: "b-1"));
        await _served.StartAsync();
        _served.Batches.Asked.Clear();
    }

    public Task DisposeAsync() => _served.DisposeAsync().AsTask();

    [Theory]
    [InlineData("retry", """{"all":true}""", "retry b-1 1,2,3,4")]
    [InlineData("retry", """{"state":"failed"}""", "retry b-1 1,2")]
    [InlineData("retry", """{"state":"failed","model":"bytedance/seedance-v1.5-pro/text-to-video"}""", "retry b-1 2")]
    [InlineData("retry", """{"name":"HERO"}""", "retry b-1 1,3")]
    [InlineData("retry", """{"name":"hero","in_doubt":true}""", "retry b-1 1,3 in doubt")]
    [InlineData("retry", """{"error":"Moderation"}""", "retry b-1 1")]
    [InlineData("retry", """{"numbers":[2,4],"state":"queued"}""", "retry b-1 4")]
    [InlineData("retry", """{"numbers":[99]}""", "")]
    [InlineData("retry", """{"all":true,"dry_run":true}""", "")]
    [InlineData("cancel", """{"all":true}""", "cancel b-1 1,2,3,4")]
    [InlineData("cancel", """{"state":"queued","all":null}""", "cancel b-1 4")]
    [InlineData("cancel", """{"state":"in_doubt","dry_run":false}""", "cancel b-1 3")]
    [InlineData("cancel", """{"state":"queued","dry_run":true}""", "")]
    public async Task Those_that_the_filter_finds_are_meant(string action, string filter, string asked)
    {
        var answer = await _served.JsonAsync("POST", $"/v1/batches/b-1/jobs/{action}", 200, filter, "application/json");
        Assert.Equal(asked, string.Join(", ", _served.Batches.Asked));
        Assert.Equal(filter.Contains("\"dry_run\":true", StringComparison.Ordinal), answer.GetProperty("dry_run").GetBoolean());
        Assert.Equal(answer.GetProperty("count").GetInt32(), answer.GetProperty("numbers").GetArrayLength());
        Assert.Equal(action, answer.GetProperty("action").GetString());
    }

    [Theory]
    [InlineData("retry", "", "all is missing")]
    [InlineData("retry", "{}", "all is missing")]
    [InlineData("cancel", """{"all":false}""", "all is missing")]
    [InlineData("cancel", """{"dry_run":true}""", "all is missing")]
    [InlineData("cancel", """{"all":true,"state":"failed"}""", "all is given, and so is a filter")]
    [InlineData("cancel", """{"state":"failed","in_doubt":true}""", "in_doubt is no field here")]
    [InlineData("retry", """{"state":"faild"}""", "did you mean 'failed'?")]
    [InlineData("retry", """{"state":"failed","dryrun":true}""", "dryrun is no field here: did you mean 'dry_run'?")]
    [InlineData("retry", """{"numbers":[]}""", "numbers is to be a list")]
    [InlineData("retry", """{"numbers":[0]}""", "numbers is to be a list")]
    [InlineData("retry", """{"numbers":[1.5]}""", "numbers is to be a list")]
    [InlineData("retry", """{"numbers":"1"}""", "numbers is to be a list")]
    [InlineData("retry", """{"name":""}""", "name is to be a text")]
    [InlineData("retry", """{"name":"a","name":"b"}""", "The body is no JSON")]
    [InlineData("retry", """{"name":"a\u0000""", "The body is no JSON")]
    [InlineData("retry", "[]", "The body is to be one JSON object")]
    [InlineData("retry", "all: true", "The body is no JSON")]
    public async Task What_makes_no_sense_is_told_and_nothing_is_done(string action, string body, string sentence)
    {
        var problem = await _served.JsonAsync("POST", $"/v1/batches/b-1/jobs/{action}", 400, body);
        Assert.Contains(sentence, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(_served.Batches.Asked);
    }

    [Theory]
    [InlineData("pause", "pause b-1")]
    [InlineData("cancel", "cancel b-1")]
    [InlineData("refetch", "refetch b-1")]
    [InlineData("refetch?verify=true", "refetch b-1 verified")]
    public async Task So_is_a_whole_batch(string path, string asked)
    {
        Assert.Equal("b-1", (await _served.JsonAsync("POST", $"/v1/batches/b-1/{path}", 200, "")).GetProperty("id").GetString());
        Assert.Equal([asked], _served.Batches.Asked);
    }

    [Fact]
    public async Task What_stands_in_a_body_that_should_be_empty_is_not_passed_over()
    {
        var problem = await _served.JsonAsync("POST", "/v1/batches/b-1/retry", 400, """{"in_doubt":true}""", "application/json");
        Assert.Contains("in_doubt is no field here", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(_served.Batches.Asked);
    }
}
