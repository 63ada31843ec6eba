using System.Net.Sockets;
using System.Text;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>What is no request, or is one that nobody sends in good faith: it is refused, and the service goes on.</summary>
public sealed class NonsenseSpecs : IAsyncLifetime
{
    private const string Post = "POST /v1/batches HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    private const string Get = "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    private readonly ServedBatches _served = new();

    public Task InitializeAsync() => _served.StartAsync();

    public Task DisposeAsync() => _served.DisposeAsync().AsTask();

    public static TheoryData<string, string> Requests => new()
    {
        { "half a body", Post + "Content-Length: 100\r\n\r\njobs:" },
        { "a length that is none", Post + "Content-Length: -5\r\n\r\njobs:" },
        { "a length in words", Post + "Content-Length: five\r\n\r\njobs:" },
        { "two lengths", Post + "Content-Length: 3\r\nContent-Length: 5\r\n\r\njobs:" },
        { "a length and chunks", Post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" },
        { "chunks that are none", Post + "Transfer-Encoding: chunked\r\n\r\nzz\r\njobs:\r\n" },
        { "a chunk that is too short", Post + "Transfer-Encoding: chunked\r\n\r\n5\r\njo\r\n0\r\n\r\n" },
        { "a chunk without an end", Post + "Transfer-Encoding: chunked\r\n\r\nffffffff\r\njobs:" },
        { "half a form", Post + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 500\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\njobs:" },
        { "ten thousand headers", Get + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"X-{i}: a\r\n")) + "\r\n" },
        { "a header of a megabyte", Get + $"X-Long: {new string('a', 1 << 20)}\r\n\r\n" },
        { "an address of a megabyte", $"GET /v1/{new string('a', 1 << 20)} HTTP/1.1\r\nHost: localhost\r\n\r\n" },
        { "no HTTP", "\u0016\u0003\u0001\u0000hello\r\n\r\n" },
        { "no host", "GET /v1/models HTTP/1.1\r\nConnection: close\r\n\r\n" },
        { "a NUL in the path", "GET /v1/batches/a%00b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "a bare NUL", "GET /v1/batches/a\0b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "a NUL in a header", Get + "X-A: a\0b\r\n\r\n" },
        { "another's proxy", "GET http://example.org/v1/batches HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n" },
        { "a tunnel", "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n" },
        { "all of it", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task It_is_refused_and_begins_nothing_and_the_service_goes_on(string what, string request)
    {
        var answer = await SendAsync(request);
        Assert.True(
            answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), $"{what} is answered {answer}");
        Assert.DoesNotContain("   at ", answer, StringComparison.Ordinal);
        Assert.Empty(_served.Batches.Ids);
        await _served.JsonAsync("GET", "/v1/models?word=flux", 200);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_served.Folder, "out", ".atlas-actors", "incoming")));
    }

    [Theory]
    [InlineData("/v1/batches/..%2f..%2f.atlas-actors")]
    [InlineData("/v1/batches/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/v1/batches/..%5c..%5cservice.db/jobs")]
    [InlineData("/v1/batches/.atlas-actors")]
    [InlineData("/v1/batches/a%00b/manifest")]
    [InlineData("/v1/batches/A")]
    [InlineData("/v1/batches/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task An_id_that_is_none_is_nobody_s(string path)
    {
        foreach (var method in new[] { "GET", "POST" })
        {
            var request = $"{method} {path}{(method == "POST" ? "/resume" : "")} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
            var answer = await SendAsync(request, isAllOfIt: true);
            Assert.True(answer.StartsWith("HTTP/1.1 404", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        }
        Assert.Empty(_served.Batches.Asked);
    }

    [Theory]
    [InlineData("dry_run=maybe", "dry_run is 'maybe': give true or false.")]
    [InlineData("max_cots=1", "max_cots is no parameter here: did you mean 'max_cost'?")]
    [InlineData("max_cost=1&max_cost=2", "max_cost is given more than once.")]
    [InlineData("max_cost=1,5", "max_cost is '1,5': give US dollars above 0, such as 2.50.")]
    [InlineData("max_cost=NaN&dryrun", "max_cost is 'NaN': give US dollars above 0, such as 2.50. dryrun is no parameter here: did you mean 'dry_run'?")]
    public async Task Parameters_that_make_no_sense_are_told_all_at_once(string query, string sentence)
    {
        var problem = await _served.JsonAsync("POST", $"/v1/batches?{query}", 400, Files.Pack);
        Assert.Equal(sentence, problem.GetProperty("detail").GetString());
        Assert.Empty(_served.Batches.Ids);
    }

    [Fact]
    public async Task A_batch_of_too_many_jobs_is_refused_with_the_figures()
    {
        await _served.StopAsync();
        await _served.StartAgainAsync("--max-jobs", "1");
        var problem = await _served.JsonAsync("POST", "/v1/batches", 422, Files.Pack);
        Assert.Contains("has 2 jobs, and 1 are taken", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(_served.Batches.Ids);
    }

    /// <summary>Sends these bytes, hangs up where that is not all of a request, and reads what comes.</summary>
    private async Task<string> SendAsync(string request, bool isAllOfIt = false)
    {
        using var limit = new CancellationTokenSource(ProgramProcess.Patience);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", _served.Address.Port, limit.Token);
        var answer = new StringBuilder();
        try
        {
            await socket.SendAsync(Encoding.Latin1.GetBytes(request), limit.Token);
            if (!isAllOfIt) socket.Shutdown(SocketShutdown.Send);
            var chunk = new byte[4096];
            for (int read; (read = await socket.ReceiveAsync(chunk, limit.Token)) > 0;)
                answer.Append(Encoding.Latin1.GetString(chunk, 0, read));
        }
        catch (SocketException)
        {
            // It hung up before it had all of it.
        }
        return answer.ToString();
    }
}
