using System.Net;
using AtlasActors.Host.Serving.Callers;
using AtlasActors.Host.Serving.Health;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Serving.Posting;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Host.Serving.Telemetry;

namespace AtlasActors.Host.Serving;

/// <summary>What the web server works with.</summary>
/// <param name="State">How far the service is.</param>
/// <param name="Keys">Who is let in.</param>
/// <param name="Rates">How much each may have.</param>
/// <param name="Ledger">What was answered to whom.</param>
/// <param name="InForce">What may change while it runs.</param>
/// <param name="Incoming">Where files lie while they are being sent.</param>
/// <param name="Telemetry">What is measured.</param>
/// <param name="Outbox">What is to be told by webhook, and was.</param>
/// <param name="Webhooks">Whom it is told.</param>
/// <param name="Schedules">What the schedules have seen to.</param>
/// <param name="Readiness">Whether it can work.</param>
/// <param name="Clock">The time.</param>
internal sealed record ServiceParts(
    ServiceState State, KeyRing Keys, Rates Rates, RepeatLedger Ledger, SettingsInForce InForce, string Incoming,
    ServiceTelemetry Telemetry, Outbox Outbox, WebhookSettings Webhooks, ScheduleLedger Schedules, Readiness Readiness,
    TimeProvider Clock)
    : IDisposable
{
    /// <summary>Opens them in the service's folder, which is this process's alone.</summary>
    public static ServiceParts Open(
        ServeOptions options, ServiceState state, ServiceTelemetry telemetry, Readiness readiness, TimeProvider clock)
    {
        var folder = options.Folder;
        // What is in there was being sent when the service ended.
        if (Directory.Exists(folder.Incoming))
            Directory.Delete(folder.Incoming, recursive: true);
        Directory.CreateDirectory(folder.Incoming);
        return new ServiceParts(
            state, new KeyRing(new KeyFile(folder.Keys), isAlwaysAsked: !IPAddress.IsLoopback(options.Settings.Listen.Address)),
            new Rates(options.Settings.Limits), RepeatLedger.Open(folder.Requests, clock), new SettingsInForce(options.Settings),
            folder.Incoming, telemetry, Outbox.Open(folder.Outbox),
            new WebhookSettings(options.Settings.Webhook, options.ArePrivateAllowed), ScheduleLedger.Open(folder.Schedules),
            readiness, clock);
    }

    public void Dispose()
    {
        Rates.Dispose();
        Ledger.Dispose();
        Outbox.Dispose();
        Schedules.Dispose();
        Readiness.Dispose();
    }
}
