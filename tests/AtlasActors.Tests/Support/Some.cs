using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Gate;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Polling;

namespace AtlasActors.Tests.Support;

/// <summary>Things that tests need and do not care about.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Time = new(2026, 11, 21, 6, 0, 0, TimeSpan.Zero);

    public static readonly AtlasSettings Settings = new(
        Gate: new GateLimits(1000, 1000, new Dictionary<string, int>(), TimeSpan.FromMinutes(1)),
        RefusalLimit: 20, FreshGrace: TimeSpan.FromSeconds(30), OverduePoll: TimeSpan.FromSeconds(60),
        DownloadTries: 8, GoneTries: 4, SubmitPatience: TimeSpan.FromSeconds(90), ManifestInterval: TimeSpan.FromSeconds(1),
        AckTimeout: TimeSpan.FromMinutes(5), Plugins: new JournalPlugins("", ""))
    {
        // Days, so that no test meets these questions by the way, however fast its clock runs.
        Charges = new ChargeSettings([TimeSpan.FromDays(1), TimeSpan.FromDays(3), TimeSpan.FromDays(9)], TimeSpan.FromDays(30)),
    };

    public static JobDefinition Image(int number = 1, string? name = null, JobPolicy? policy = null) => new(
        number, name ?? $"image {number}", MediaKind.Image, "black-forest-labs/flux-2-pro/text-to-image",
        $$"""{"model":"black-forest-labs/flux-2-pro/text-to-image","prompt":"picture {{number}}"}""", new Usd(0.04m),
        policy ?? JobPolicy.For(MediaKind.Image));

    public static JobDefinition Video(int number = 1, string? name = null) => new(
        number, name ?? $"video {number}", MediaKind.Video, "bytedance/seedance-v1.5-pro/text-to-video",
        $$"""{"model":"bytedance/seedance-v1.5-pro/text-to-video","prompt":"clip {{number}}"}""", new Usd(0.11m),
        JobPolicy.For(MediaKind.Video));

    public static BatchDefinition Batch(params JobDefinition[] jobs) => new("some.yaml", "out", 3, jobs, []);

    public static BatchDefinition Images(int count, int workers = 3) =>
        Batch([.. Enumerable.Range(1, count).Select(number => Image(number))]) with { MaxWorkers = workers };

    public static PollPolicy EverySecond { get; } = new(TimeSpan.FromSeconds(1), 1, TimeSpan.FromSeconds(1));
}
