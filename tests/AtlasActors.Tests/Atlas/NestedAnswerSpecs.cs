using System.Text;
using AtlasActors.Atlas;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Models;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

/// <summary>JSON that is nested a hundred thousand deep would overflow the stack of whoever reads it by recursion: nobody does.</summary>
public sealed class NestedAnswerSpecs
{
    private const int Deep = 100_000;

    public static TheoryData<string> Nested { get; } =
    [
        new string('[', Deep), Repeat("{\"data\":"), Repeat("{\"a\":["), $"{{\"data\":{{\"id\":{new string('[', Deep)}",
        $"{{\"code\":200,\"data\":{{\"status\":\"completed\",\"outputs\":{new string('[', Deep)}{new string(']', Deep)}}}}}",
    ];

    [Theory]
    [MemberData(nameof(Nested))]
    public async Task A_submissions_answer_leaves_it_in_doubt(string json)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, json));

        Assert.IsType<SubmitAnswer.Unknown>(await atlas.SubmitAsync());
    }

    [Theory]
    [MemberData(nameof(Nested))]
    public async Task A_polls_answer_tells_nothing(string json)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, json));

        Assert.IsType<PollAnswer.Unanswered>(await atlas.PollAsync());
    }

    [Theory]
    [MemberData(nameof(Nested))]
    public void Neither_webhooks_nor_keys_nor_schemas_are_read_deeper_than_they_can_be(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);

        Assert.Null(WebhookEvent.Read(bytes));
        Assert.Null(JwksDocument.Read(bytes));
        Assert.Null(ModelSchema.Parse(json));
    }

    private static string Repeat(string opening) => new StringBuilder().Insert(0, opening, Deep).ToString();
}
