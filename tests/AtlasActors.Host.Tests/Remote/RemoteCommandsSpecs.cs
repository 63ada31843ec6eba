using System.Text.Json;
using System.Text.RegularExpressions;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace AtlasActors.Host.Tests.Remote;

/// <summary>The service from the terminal: the commands in this process, the real service in its own.</summary>
public sealed class RemoteCommandsSpecs : IAsyncLifetime
{
    private const string Pack = """
        labels: {team: films}
        jobs:
          - {name: "Hero {sku}", type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: "picture of {sku}", width: 64, height: 64, foreach: rows.csv}
        """;

    private readonly ScriptedProgram _program = new();
    private ServedRuns _service = null!;

    public async Task InitializeAsync()
    {
        _service = await ServedRuns.StartAsync();
        await _service.RehearseAsync();
        _program.With("ATLASCLOUD_API_KEY", null).With("ATLAS_SERVICE_URL", _service.Entrance.Target!.ToString());
        _program.WithFile("pack.yaml", Pack).WithFile("rows.csv", "sku\na1\nb2\nc3\n");
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _program.Dispose();
    }

    [Fact]
    public async Task A_file_and_what_it_names_is_submitted_watched_to_its_end_and_listed()
    {
        Assert.True(await _program.RunAsync("submit", "pack.yaml", "--watch") == 0, _program.Text + _program.Errors);
        Assert.Matches("^pack.yaml is batch [0-9a-f-]+ of http://127.0.0.1:[0-9]+, with 3 jobs.\n", _program.Text);
        Assert.Equal(
            ["[OK] Hero a1 -- USD0.040", "[OK] Hero b2 -- USD0.040", "[OK] Hero c3 -- USD0.040"],
            _program.Text.Split('\n').Where(line => line.StartsWith('[')).Order());
        Assert.Contains("finished", _program.Text, StringComparison.Ordinal);
        var id = Regex.Match(_program.Text, "batch ([0-9a-f-]+) ").Groups[1].Value;

        Assert.Equal(0, await _program.RunAsync("status", "--to", _service.Entrance.Target!.ToString()));
        Assert.Equal($"{id}  finished 3 of 3  USD 0.1200  team=films\n", _program.Text);
        Assert.Equal(0, await _program.RunAsync("status", id, "--to", _service.Entrance.Target!.ToString(), "--json"));
        Assert.Equal(id, JsonDocument.Parse(_program.Text).RootElement.GetProperty("id").GetString());
        Assert.Equal(0, await _program.RunAsync("watch", id));
        Assert.Equal(3, Regex.Count(_program.Text, @"\[OK\]"));
    }

    [Fact]
    public async Task A_batch_is_cancelled_and_tried_again()
    {
        _program.WithFile("slow.yaml", Pack.Replace("labels", "max_workers: 1\nlabels", StringComparison.Ordinal));
        Assert.Equal(0, await _program.RunAsync("submit", "slow.yaml"));
        var id = Regex.Match(_program.Text, "batch ([0-9a-f-]+) ").Groups[1].Value;

        Assert.True(await _program.RunAsync("cancel", id) == 0, _program.Errors);
        var code = await _program.RunAsync("watch", id);
        var cancelled = Regex.Count(_program.Text, @"\[CANCEL\]");
        Assert.Equal((cancelled > 0 ? 3 : 0, 3), (code, cancelled + Regex.Count(_program.Text, @"\[OK\]")));

        Assert.True(await _program.RunAsync("retry", id, "--to", _service.Entrance.Target!.ToString()) == 0, _program.Errors);
        Assert.StartsWith(id, _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_is_told_here_and_nothing_is_sent()
    {
        _program.WithFile("bad.yaml", "jobs:\n  - {name: Hero, tpe: image}\n");
        Assert.Equal(2, await _program.RunAsync("submit", "bad.yaml"));
        Assert.Contains("bad.yaml:2:", _program.Errors, StringComparison.Ordinal);

        _program.WithFile("sub/rows.csv", "sku\na1\n").WithFile("far.yaml", Pack.Replace("rows.csv", "sub/rows.csv", StringComparison.Ordinal));
        Assert.Equal(2, await _program.RunAsync("submit", "far.yaml"));
        Assert.Contains("put sub/rows.csv beside it", _program.Errors, StringComparison.Ordinal);
        Assert.Empty((await _service.GetAsync("/v1/batches")).GetProperty("batches").EnumerateArray());
    }

    [Theory]
    [InlineData(new[] { "watch", "no-such-batch" }, 2, "There is no such batch.")]
    [InlineData(new[] { "cancel", "../x" }, 2, "is no id of a batch")]
    [InlineData(new[] { "status", "--to", "media" }, 2, "--to is 'media', and must be an address")]
    [InlineData(new[] { "status", "--to", "http://127.0.0.1:1" }, 1, "is not to be reached")]
    public async Task What_cannot_be_done_is_a_sentence(string[] args, int code, string says)
    {
        Assert.Equal(code, await _program.RunAsync(args));
        Assert.Contains(says, _program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_goes_on_behind_its_last_event_when_the_service_ends_and_comes_back()
    {
        var asked = new List<string>();
        await using var service = await LocalServer.StartAsync(async context =>
        {
            asked.Add(context.Request.Headers["Last-Event-ID"].ToString());
            if (asked.Count == 2)
            {
                context.Response.StatusCode = 503;
                return;
            }
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(asked.Count == 1 ? Event(7, "job", 1) : Event(8, "job", 2) + Event(9, "end", 2));
        });

        Assert.True(await _program.RunAsync("watch", "b-1", "--to", service.Origin.ToString()) == 0, _program.Errors);

        Assert.Equal(["", "7", "7"], asked);
        Assert.Equal(["[OK] Job 1 -- USD0.040", "[OK] Job 2 -- USD0.040"], _program.Text.Split('\n').Where(line => line.StartsWith('[')));

        static string Event(int id, string type, int number) =>
            $$$"""
            id: {{{id}}}
            event: {{{type}}}
            data: {"number":{{{number}}},"name":"Job {{{number}}}","status":"succeeded","cost":0.04,"state":"finished","total":2,"counts":{"succeeded":2}}


            """;
    }

    [Fact]
    public async Task A_submission_whose_answer_is_lost_is_made_again_and_done_once()
    {
        var answers = 0;
        using var client = new HttpClient();
        await using var proxy = await LocalServer.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_service.Entrance.Target!, context.Request.Path))
            {
                Content = new ByteArrayContent(body.ToArray()),
            };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
            request.Headers.Add("Idempotency-Key", context.Request.Headers["Idempotency-Key"].ToString());
            using var answer = await client.SendAsync(request);
            // The service did it, and nobody hears of it.
            if (Interlocked.Increment(ref answers) == 1)
            {
                context.Abort();
                return;
            }
            context.Response.StatusCode = (int)answer.StatusCode;
            await context.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
        });

        Assert.True(await _program.RunAsync("submit", "pack.yaml", "--to", proxy.Origin.ToString()) == 0, _program.Errors);

        Assert.Equal(2, answers);
        Assert.Single((await _service.GetAsync("/v1/batches")).GetProperty("batches").EnumerateArray());
    }
}
