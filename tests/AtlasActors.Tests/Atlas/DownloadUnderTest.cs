using AtlasActors.Atlas;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

/// <summary>Downloads from a scripted server into a folder of their own.</summary>
internal sealed class DownloadUnderTest : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    public DownloadUnderTest(
        Func<HeardRequest, Reply> script, Func<OutputDownloadOptions, OutputDownloadOptions>? change = null)
    {
        Server = new ScriptedServer(script);
        var options = new OutputDownloadOptions { TrustedHost = "127.0.0.1" };
        Downloads = new OutputDownloads(change?.Invoke(options) ?? options, Time);
    }

    public ScriptedServer Server { get; }
    public VirtualTime Time { get; } = new();
    public OutputDownloads Downloads { get; }
    public string Target => _folder["images/one"];
    public string Part => _folder["images/one.part"];
    public IEnumerable<string> Files => Directory.Exists(_folder["images"])
        ? Directory.EnumerateFiles(_folder["images"]).Select(file => Path.GetFileName(file)!).Order()
        : [];

    public string Folder(string name) => _folder[name];

    public DownloadOrder Order(string url = "/one.png", MediaKind kind = MediaKind.Image) =>
        new(DataOrWeb(url), Target, Part, kind);

    public Task<DownloadAnswer> BringAsync(string url = "/one.png", MediaKind kind = MediaKind.Image) =>
        BringAsync(Order(url, kind));

    public Task<DownloadAnswer> BringAsync(DownloadOrder order) =>
        Downloads.DownloadAsync(order, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

    public async Task<DownloadAnswer.Saved> SaveAsync(string url = "/one.png", MediaKind kind = MediaKind.Image) =>
        Assert.IsType<DownloadAnswer.Saved>(await BringAsync(url, kind));

    public async ValueTask DisposeAsync()
    {
        Downloads.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private string DataOrWeb(string url) => url.StartsWith('/') ? new Uri(Server.Url, url).ToString() : url;
}
