using AtlasActors.Atlas;
using AtlasActors.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AtlasActors.Tests.Atlas.Contract;

/// <summary>The same over the wire, with headers of any shape and bodies that end where they like.</summary>
public sealed class AnyTrafficSpecs
{
    private const int EnoughBytes = 64 * 1024;

    private static readonly Gen<Reply> Any =
        from status in RandomAnswers.Statuses
        from body in RandomAnswers.Bodies
        from headers in RandomAnswers.Headers
        from frame in Gen.Frequency(
            (6, Gen.Constant(Frame.Whole)), (1, Gen.Constant(Frame.Cut)), (1, Gen.Constant(Frame.Reset)),
            (1, Gen.Constant(Frame.LyingChunks)))
        select Framed(headers.Aggregate(new Reply(status, body), (reply, header) =>
            reply.With(header.Key, header.Value)), frame);

    private enum Frame
    {
        Whole,
        Cut,
        Reset,
        LyingChunks,
    }

    [Fact]
    public void Whatever_comes_over_the_wire_every_call_ends_with_an_answer() =>
        Prop.ForAll(Any.ToArbitrary(), reply => Task.Run(() => EndsAsync(reply)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20261121, 5));

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task An_answer_without_end_is_cut_off_at_every_call(int status)
    {
        await using var atlas = Atlas(new Reply(status, Chunks(EnoughBytes * 4)).With("Transfer-Encoding", "chunked")
            .With("X-Request-ID", "req-7") with { Ending = Ending.Hang });
        Assert.Equal("req-7", Answers.FailureOf(await atlas.SubmitAsync()).RequestId);
        Assert.Equal("req-7", Answers.FailureOf(await atlas.PollAsync()).RequestId);
        var models = await atlas.AskAsync(api => api.Inquiries.ListModelsAsync(CancellationToken.None));
        Assert.Contains("too long", Answers.FailureOf(models).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_without_end_are_cut_off()
    {
        await using var atlas = Atlas(new Reply(200, []).With("X-Long", new string('x', 1024 * 1024)));
        Assert.IsType<SubmitAnswer.Unknown>(await atlas.SubmitAsync());
        Assert.IsType<PollAnswer.Unanswered>(await atlas.PollAsync());
    }

    private static async Task<bool> EndsAsync(Reply reply)
    {
        await using var atlas = Atlas(reply);
        return await atlas.SubmitAsync() is not null
            && await atlas.PollAsync() is not null
            && await atlas.AskAsync(api => api.Inquiries.QuoteAsync("{}", CancellationToken.None)) is not null
            && await atlas.AskAsync(api => api.Uploads.UploadAsync(
                new MemoryStream([1]), "x", "image/png", CancellationToken.None)) is not null;
    }

    private static ApiUnderTest Atlas(Reply reply) => new(_ => reply, options => options with
    {
        MaxAnswerBytes = EnoughBytes, BreakerThroughput = 100_000,
    });

    private static Reply Framed(Reply reply, Frame frame) => frame switch
    {
        Frame.Cut => reply.CutAt(reply.Body.Length / 2, Ending.Close),
        Frame.Reset => reply.CutAt(reply.Body.Length / 2, Ending.Reset),
        Frame.LyingChunks => reply.With("Transfer-Encoding", "chunked") with { Ending = Ending.Close },
        // 204 and 304 have no body: one that is sent all the same is the start of the next answer.
        _ => reply with { Ending = Ending.Close },
    };

    private static byte[] Chunks(int length)
    {
        var chunk = System.Text.Encoding.ASCII.GetBytes($"{1024:x}\r\n{new string(' ', 1024)}\r\n");
        return [.. Enumerable.Repeat(chunk, length / 1024).SelectMany(bytes => bytes)];
    }
}
