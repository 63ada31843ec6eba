using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AtlasActors.Host.Commands;
using AtlasActors.Host.Running;
using AtlasActors.Host.Tests.Support;

namespace AtlasActors.Host.Tests.Serving.Support;

/// <summary>The command <c>serve</c> in this process, with scripted batches behind it.</summary>
internal sealed class ServedBatches : IAsyncDisposable
{
    private static readonly TimeSpan Patience = ProgramProcess.Patience;

    private readonly TemporaryFolder _folder = new();
    private WatchedLines _out = new();
    private readonly WatchedLines _error = new();
    private readonly TaskCompletionSource _endedAtOnce = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Interrupts _interrupts;
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        UseProxy = false, Expect100ContinueTimeout = Patience, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
    });
    private Task<int> _running = Task.FromResult(-1);

    public ServedBatches() => _interrupts = NotAtOnce();

    public ScriptedBatches Batches { get; } = new();

    /// <summary>The account that the service asks whether it is there.</summary>
    public SomeAccount Account { get; } = new();

    /// <summary>What tells the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Completes when the program would have ended at once.</summary>
    public Task EndedAtOnce => _endedAtOnce.Task.WaitAsync(Patience);

    /// <summary>What keeps the journal from being read, until it is over.</summary>
    public Task Reading { get; init; } = Task.CompletedTask;

    /// <summary>Variables of the environment, besides the key.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public Uri Address { get; set; } = new("http://127.0.0.1");

    public string Out => _out.Text;

    public string Errors => _error.Text;

    public string Folder => Before?.Folder ?? _folder.Path;

    /// <summary>The service that was here before, in whose folder this one works; null for a folder of its own.</summary>
    public ServedBatches? Before { get; init; }

    /// <summary>Begins to serve the folder again, after it was stopped.</summary>
    public Task<ServedBatches> StartAgainAsync(params string[] args)
    {
        _interrupts.Dispose();
        (_out, _interrupts) = (new WatchedLines(), NotAtOnce());
        return StartAsync(args);
    }

    public async Task<ServedBatches> StartAsync(params string[] args)
    {
        _running = RunAsync(args);
        var line = await _out.LineWithAsync("Serving", Patience);
        Address = new Uri(Regex.Match(line, @"http://\S+?(?=;)").Value);
        return this;
    }

    public Task<int> RunAsync(params string[] args) => Task.Run(() => AtlasActorsProgram.RunAsync(
        ["serve", "out", .. args.Contains("--listen") ? args : ["--listen", "http://127.0.0.1:0", .. args]], Shell()));

    /// <summary>Makes a key for the folder that is served, and returns it.</summary>
    public async Task<string> AddKeyAsync(string name, string role)
    {
        using var output = new StringWriter();
        var shell = Shell() with { Out = output, Error = TextWriter.Null };
        Xunit.Assert.Equal(0, await AtlasActorsProgram.RunAsync(["keys", "add", name, "--role", role, "--dir", "out"], shell));
        return output.ToString().Trim();
    }

    /// <summary>Takes a key away again.</summary>
    public async Task RemoveKeyAsync(string name) => Xunit.Assert.Equal(
        0, await AtlasActorsProgram.RunAsync(["keys", "remove", name, "--dir", "out"], Shell() with { Out = TextWriter.Null }));

    /// <summary>SIGHUP, and the first line with these words that it writes afterwards, to wherever.</summary>
    public async Task<string> HangUpAsync(string words)
    {
        _interrupts.Hangup();
        var told = await Task.WhenAny(_out.LineWithAsync(words, Patience), _error.LineWithAsync(words, Patience));
        return await told;
    }

    /// <summary>The first line of standard output with these words.</summary>
    public Task<string> SeesAsync(string words) => _out.LineWithAsync(words, Patience);

    /// <summary>Ctrl-C or SIGTERM.</summary>
    public void Signal() => _interrupts.Signal();

    /// <summary>Ctrl-C or SIGTERM, and the exit code.</summary>
    public Task<int> StopAsync()
    {
        _interrupts.Signal();
        return _running.WaitAsync(Patience);
    }

    public async Task<(int Status, string Body, HttpResponseMessage Whole)> SendAsync(
        string method, string path, string? body = null, string? type = null, params (string Name, string Value)[] headers)
    {
        using var content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null) content?.Headers.TryAddWithoutValidation("Content-Type", type);
        return await SendAsync(method, path, content, headers);
    }

    public async Task<(int Status, string Body, HttpResponseMessage Whole)> SendAsync(
        string method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, path)) { Content = content };
        // A body that is refused unread would break the connection under whoever is still sending it.
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 100_000;
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var answer = await _client.SendAsync(request).WaitAsync(Patience);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }

    public async Task<JsonElement> JsonAsync(string method, string path, int status, string? body = null, string? type = null)
    {
        var answer = await SendAsync(method, path, body, type);
        Xunit.Assert.True(answer.Status == status, $"{answer.Status}: {answer.Body}");
        return JsonDocument.Parse(answer.Body).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsCompleted) await StopAsync();
        _client.Dispose();
        _interrupts.Dispose();
        _folder.Dispose();
    }

    private Interrupts NotAtOnce() => new(() => _endedAtOnce.TrySetResult());

    private Shell Shell() => new()
    {
        Out = _out,
        Error = _error,
        Environment = name => name == "ATLASCLOUD_API_KEY" ? "apikey-for-tests" : Variables.GetValueOrDefault(name),
        WorkingDirectory = Folder,
        Interrupts = _interrupts,
        Clock = Clock,
        OpenAccount = (_, _, _) => Account.Open(),
        OpenAtlas = async (options, _, _) =>
        {
            Batches.Opened.Add(options);
            await Reading;
            // As the journal's own beginning does.
            await File.AppendAllTextAsync(options.JournalFile!, "", CancellationToken.None);
            return Batches;
        },
    };
}
