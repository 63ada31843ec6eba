using System.Text;
using AtlasActors.Atlas;
using BenchmarkDotNet.Attributes;

namespace AtlasActors.Benchmarks.Small;

/// <summary>What Atlas answers, from the bytes that came to what it means.</summary>
[MemoryDiagnoser]
public class Answers
{
    private const string Id = "1f0c8f3a9b7d4e21a6c05d1b2e3f4a5b";

    private static readonly AnswerReader Reader = new(new ServerText("apikey-of-the-benchmark"));

    private static readonly HttpAnswer Taken = Answer($$$"""
        {"code":200,"msg":"","data":{"id":"{{{Id}}}","model":"black-forest-labs/flux-2-pro/text-to-image","outputs":null,
        "urls":{"get":"https://api.atlascloud.ai/api/v1/model/prediction/{{{Id}}}"},"status":"processing"}}
        """);

    private static readonly HttpAnswer NotYet = Answer($$$"""
        {"code":200,"msg":"","data":{"id":"{{{Id}}}","model":"black-forest-labs/flux-2-pro/text-to-image","status":"processing",
        "outputs":null,"urls":{"get":"https://api.atlascloud.ai/api/v1/model/prediction/{{{Id}}}"},
        "created_at":"2026-11-21T06:00:00.000Z"}}
        """);

    private static readonly HttpAnswer Done = Answer($$$"""
        {"code":200,"msg":"","data":{"id":"{{{Id}}}","model":"black-forest-labs/flux-2-pro/text-to-image","status":"completed",
        "outputs":["https://static.atlascloud.ai/media/images/{{{Id}}}.png"],"has_nsfw_contents":[false],"price":"0.04",
        "urls":{"get":"https://api.atlascloud.ai/api/v1/model/prediction/{{{Id}}}"},"executionTime":17300,
        "created_at":"2026-11-21T06:00:00.000Z","completed_at":"2026-11-21T06:00:17.300Z"}}
        """);

    [Benchmark]
    public object ToSubmission() => Reader.ReadSubmit(Taken);

    [Benchmark]
    public object ToPollNotYet() => Reader.ReadPoll(NotYet);

    [Benchmark]
    public object ToPollDone() => Reader.ReadPoll(Done);

    private static HttpAnswer Answer(string body) => new(200, "application/json", null, "req_1", Encoding.UTF8.GetBytes(body));
}
