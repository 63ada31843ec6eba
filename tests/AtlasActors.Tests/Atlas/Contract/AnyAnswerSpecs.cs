using AtlasActors.Atlas;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AtlasActors.Tests.Atlas.Contract;

/// <summary>Whatever comes, the client answers with one of its own verdicts, fit to be shown.</summary>
public sealed class AnyAnswerSpecs
{
    private static readonly ServerText Texts = new(Answers.Key);
    private static readonly AnswerReader Reader = new(Texts);
    private static readonly FreeAnswerReader Free = new(Texts);

    private static readonly Gen<HttpAnswer> Any =
        from status in RandomAnswers.Statuses
        from body in RandomAnswers.Bodies
        from type in Gen.Elements("application/json", "text/html", "image/png", null)
        from trace in Gen.Elements("req_1", "", "\r\n\u0000", Answers.Key, new string('r', 9000), null)
        select new HttpAnswer(status, type, null, trace, body);

    [Fact]
    public void Any_answer_to_a_submission_is_a_verdict() => Check(Any, answer => Reader.ReadSubmit(answer) switch
    {
        SubmitAnswer.Accepted taken => taken.Prediction.Id.Length is > 0 and <= 256
            && (taken.Immediate is not { } now || IsFit(now)),
        var other => IsFit(Answers.FailureOf(other)),
    });

    [Fact]
    public void Any_answer_to_a_poll_is_a_verdict() => Check(Any, answer => IsFit(Reader.ReadPoll(answer)));

    [Fact]
    public void Any_answer_to_a_question_is_a_verdict() => Check(Any, answer =>
        IsFit(Free.Read(answer, UploadAnswerReader.Read, "the file"))
        && IsFit(Free.Read(answer, Quote.Read, "a price"))
        && IsFit(Free.Read(answer, ListedModel.ReadAll, "its models"))
        && IsFit(Free.Read(answer, Balance.Read, "the balance"))
        && IsFit(Free.Read(answer, ModelCosts.Read, "its charges")));

    [Fact]
    public void What_a_success_without_an_error_s_code_says_is_never_that_the_job_was_not_taken() => Check(
        from answer in Any
        from body in RandomAnswers.Json.Where(json => !Has(json, "code") && !Has(json, "error"))
        select answer with { Status = 200, Body = System.Text.Encoding.UTF8.GetBytes(body) },
        answer => Reader.ReadSubmit(answer) is SubmitAnswer.Accepted or SubmitAnswer.Unknown);

    [Fact]
    public void Any_address_in_an_answer_is_looked_at_and_never_thrown_at() => Check(Addresses, address =>
    {
        var paths = new PollPaths(new Uri("https://api.atlascloud.ai/api/v1")).For(new Prediction("p1", address));
        return paths.All(path => path.Address.Host == "api.atlascloud.ai")
            && !HasSignature(ShownUrl.Of(address));
    });

    [Fact]
    public async Task An_output_s_address_that_no_network_knows_is_no_fault_of_ours()
    {
        await using var downloads = new DownloadUnderTest(_ => new Support.Reply(200, []));
        foreach (var address in new[] { "https://\ud800/x", "https://[::1", "no address", "" })
            Assert.IsType<DownloadAnswer.Gone>(await downloads.BringAsync(downloads.Order() with { Url = address }));
    }

    private static Gen<string> Addresses => Gen.Elements(
        "https://", "http://", "HTTPS://", "data:", "//", "api.atlascloud.ai", "evil.example", "user:pw@", "xn--", "[::1]",
        "[", ":443", ":99999", ":-1", "/", "/..", "%", "%2", "%00", "#x", "?x=1", "?Signature=abc", "&Signature=1", "\\", " ",
        "\u0000", "\u00e4", "\ud800", "\u3002", ".", "..", "*", "@", "-", "api.atlascloud.ai.")
        .ListOf().Select(string.Concat);

    private static bool Has(string json, string field) => json.Contains($"\"{field}\"", StringComparison.Ordinal);

    private static bool HasSignature(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var shown)
        && shown.Query.Contains("Signature", StringComparison.Ordinal);

    private static bool IsFit(PollAnswer answer) => answer switch
    {
        PollAnswer.Running running => running.Status.Length is > 0 and <= 60,
        PollAnswer.Completed done => done.Price is not < 0 && done.Outputs.All(url =>
            url.StartsWith("http", StringComparison.OrdinalIgnoreCase) || DataAddress.Is(url)),
        _ => IsFit(Answers.FailureOf(answer)),
    };

    private static bool IsFit<T>(FreeAnswer<T> answer) =>
        answer is FreeAnswer<T>.Told { Value: not null } || IsFit(Answers.FailureOf(answer));

    /// <summary>A sentence or two on one line, without the key, and no longer than a person reads.</summary>
    private static bool IsFit(AtlasFailure failure)
    {
        var text = failure.WithRequest();
        return text.Length is > 0 and < 900
            && !text.Any(char.IsControl)
            && !text.Contains(Answers.Key, StringComparison.Ordinal)
            && failure.RequestId is not { Length: > 64 };
    }

    // The seed is given: a run that fails, fails again.
    private static void Check<T>(Gen<T> answers, Func<T, bool> holds) =>
        Prop.ForAll(answers.ToArbitrary(), holds)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(20261121, 3));
}
