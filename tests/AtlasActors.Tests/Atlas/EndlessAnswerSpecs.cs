using AtlasActors.Atlas;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

/// <summary>
/// Answers that never end: a client takes so many bytes and hangs up. What a server could send shows it, and no clock.
/// </summary>
public sealed class EndlessAnswerSpecs
{
    private const int Megabyte = 1024 * 1024;

    // What lies in sockets' buffers between the two when one hangs up.
    private const int OnTheWay = 24 * Megabyte;

    private const string Json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    [Theory]
    [InlineData("", "x")]
    [InlineData("Content-Length: 1073741824\r\n", "x")]
    [InlineData("Transfer-Encoding: chunked\r\n", "10\r\n0123456789abcdef\r\n")]
    public async Task A_submissions_answer_is_read_to_its_limit_and_leaves_the_job_in_doubt(string header, string piece)
    {
        await using var server = new EndlessServer($"{Json}{header}\r\n", piece);
        using var api = Api(server, 1 * Megabyte);

        var unknown = Assert.IsType<SubmitAnswer.Unknown>(await WithinAsync(api.SubmitAsync(MediaKind.Image, "{}", default)));

        Assert.Contains("the answer was too long", unknown.Failure.Message, StringComparison.Ordinal);
        await server.LeftAloneAsync();
        Assert.InRange(server.Sent, Megabyte, Megabyte + OnTheWay);
    }

    [Theory]
    [InlineData("{\"code\":200,\"data\":{\"id\":\"p\",\"status\":\"completed\",\"outputs\":[\"", "https://h/a.png")]
    [InlineData("{\"data\":", "[")]
    [InlineData("", " ")]
    public async Task A_polls_answer_is_read_to_its_limit_and_asked_for_once(string beginning, string piece)
    {
        await using var server = new EndlessServer($"{Json}\r\n{beginning}", piece);
        using var api = Api(server, 1 * Megabyte);

        var silent = Assert.IsType<PollAnswer.Unanswered>(await WithinAsync(api.PollAsync(ApiUnderTest.Known, default)));

        Assert.Contains("the answer was too long", silent.Failure.Message, StringComparison.Ordinal);
        await server.LeftAloneAsync();
        Assert.Equal(1, server.Requests);
        Assert.InRange(server.Sent, Megabyte, Megabyte + OnTheWay);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n", "X-A: b\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-One: ", "x")]
    [InlineData("HTTP/1.1 200 ", "OK ")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", "X-Trailer: b\r\n")]
    public async Task Endless_headers_are_read_to_their_limit(string beginning, string piece)
    {
        await using var server = new EndlessServer(beginning, piece);
        using var api = Api(server, 1 * Megabyte);

        Assert.IsType<SubmitAnswer.Unknown>(await WithinAsync(api.SubmitAsync(MediaKind.Image, "{}", default)));

        await server.LeftAloneAsync();
        Assert.InRange(server.Sent, 1, OnTheWay);
    }

    [Fact]
    public async Task A_schema_without_end_is_read_to_its_limit()
    {
        await using var server = new EndlessServer($"{Json}\r\n{{", "\"a\":1,");
        using var api = Api(server, 1 * Megabyte);

        var silent = Assert.IsType<FreeAnswer<string>.Unanswered>(
            await WithinAsync(api.Inquiries.SchemaAsync(server.Url.ToString(), default)));

        Assert.Contains("the answer was too long", silent.Failure.Message, StringComparison.Ordinal);
        await server.LeftAloneAsync();
        Assert.InRange(server.Sent, 4 * Megabyte, (4 * Megabyte) + OnTheWay);
    }

    [Fact]
    public async Task An_output_without_end_is_read_to_its_limit_and_nothing_of_it_stays()
    {
        await using var server = new EndlessServer("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\u0001", "x");
        using var folder = new TempFolder();
        using var downloads = new OutputDownloads(
            new OutputDownloadOptions { TrustedHost = "127.0.0.1", MostBytes = 2 * Megabyte }, TimeProvider.System);

        var answer = await downloads.DownloadAsync(
            new DownloadOrder(server.Url + "a.png", folder["a"], folder["a.part"], MediaKind.Image), default)
            .WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Contains("more than 2 MB", Assert.IsType<DownloadAnswer.WrongKind>(answer).Failure.Message, StringComparison.Ordinal);
        await server.LeftAloneAsync();
        Assert.InRange(server.Sent, 2 * Megabyte, (2 * Megabyte) + OnTheWay);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder[""]));
    }

    [Fact]
    public async Task An_output_that_announces_too_much_is_not_begun()
    {
        await using var server = new EndlessServer("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1099511627776\r\n\r\n", "x");
        using var folder = new TempFolder();
        using var downloads = new OutputDownloads(new OutputDownloadOptions { TrustedHost = "127.0.0.1" }, TimeProvider.System);

        var answer = await downloads.DownloadAsync(
            new DownloadOrder(server.Url + "a.png", folder["a"], folder["a.part"], MediaKind.Image), default)
            .WaitAsync(TimeSpan.FromSeconds(60));

        Assert.IsType<DownloadAnswer.WrongKind>(answer);
        await server.LeftAloneAsync();
        Assert.InRange(server.Sent, 1, OnTheWay);
    }

    private static AtlasApi Api(EndlessServer server, int mostBytes) => new(
        new AtlasApiOptions
        {
            BaseUrl = new Uri(server.Url, "/api/v1"), ApiKey = ApiUnderTest.Key, MaxAnswerBytes = mostBytes,
            // So that it is the limit that ends it, on the slowest machine too.
            SubmitTimeout = TimeSpan.FromMinutes(5), PollTimeout = TimeSpan.FromMinutes(5),
        },
        TimeProvider.System, () => 0.5);

    private static Task<T> WithinAsync<T>(Task<T> answer) => answer.WaitAsync(TimeSpan.FromSeconds(60));
}
