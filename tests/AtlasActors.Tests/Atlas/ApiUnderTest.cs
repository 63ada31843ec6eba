using AtlasActors.Atlas;
using AtlasActors.Tests.Support;

namespace AtlasActors.Tests.Atlas;

/// <summary>The client before a scripted server.</summary>
internal sealed class ApiUnderTest : IAsyncDisposable
{
    public const string Key = "apikey-0123456789abcdef";
    public static readonly Prediction Known = new("p1", null);
    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(5);

    public ApiUnderTest(Func<HeardRequest, Reply> script, Func<AtlasApiOptions, AtlasApiOptions>? change = null)
    {
        Server = new ScriptedServer(script);
        var options = new AtlasApiOptions { BaseUrl = new Uri(Server.Url, "/api/v1"), ApiKey = Key };
        Api = new AtlasApi(change?.Invoke(options) ?? options, Time, () => 0.5);
    }

    public ScriptedServer Server { get; }
    public VirtualTime Time { get; } = new();
    public AtlasApi Api { get; }

    public Task<SubmitAnswer> SubmitAsync(string body = "{}") =>
        Api.SubmitAsync(AtlasActors.Jobs.MediaKind.Image, body, CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Polls, turning the clock through the short waits between tries.</summary>
    public Task<PollAnswer> PollAsync(Prediction? prediction = null) =>
        Time.RunAsync(Api.PollAsync(prediction ?? Known, CancellationToken.None), LongestRetryDelay);

    /// <summary>Asks something, turning the clock through the short waits between tries.</summary>
    public Task<FreeAnswer<T>> AskAsync<T>(Func<AtlasApi, Task<FreeAnswer<T>>> ask) =>
        Time.RunAsync(ask(Api), LongestRetryDelay);

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Server.DisposeAsync();
    }
}
