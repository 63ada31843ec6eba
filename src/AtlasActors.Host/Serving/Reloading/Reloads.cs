using System.Threading.Channels;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Serving.Callers;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Serving.Retention;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Hosting;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving.Reloading;

/// <summary>
/// Reads the configuration again whenever somebody asks, and puts in force what may change while the service runs. What is not
/// in order changes nothing.
/// </summary>
internal sealed class Reloads(
    Shell shell, ServeFlags flags, ServiceConfiguration begun, SettingsInForce inForce, Reloaded running, SystemdNotice systemd,
    ILogger log)
{
    private readonly ServiceConfiguration _begun = begun;
    private ServiceConfiguration _inForce = begun;

    /// <summary>Goes on until it is cancelled; who asks several times meanwhile is asking once.</summary>
    public async Task RunAsync(ChannelReader<bool> asked, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await asked.ReadAsync(end).ConfigureAwait(false);
                systemd.Reloading();
                await ReloadAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                log.LogError(fault, "The configuration could not be put in force; SIGHUP tries it again");
            }
            systemd.Ready("Serving");
        }
    }

    private async Task ReloadAsync()
    {
        var read = ServiceConfiguration.Read(shell, flags);
        if (read.Faults.Count > 0)
        {
            // On one line: of several a log for people has the first alone.
            log.LogError(
                "The configuration is not in order, and all stays as it is: {Faults:l}",
                Texts.OneLine(string.Join(' ', read.Faults)));
            return;
        }
        var changes = ConfigurationChanges.Between(_begun, _inForce, read);
        await TakeOnAsync(read, changes).ConfigureAwait(false);
        _inForce = read;
        if (changes.Later.Count > 0)
            log.LogWarning(
                "Changed in the configuration, and in force from the next start on: {Keys:l}", string.Join(", ", changes.Later));
        var what = changes.Now.Count == 0 ? "nothing is changed" : string.Join(", ", changes.Now);
        log.LogInformation("The configuration was read again: {Changes:l}", what);
        await shell.Out.WriteLineAsync($"The configuration was read again: {what}.").ConfigureAwait(false);
        await shell.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task TakeOnAsync(ServiceConfiguration read, ConfigurationChanges changes)
    {
        var settings = read.Options.Settings;
        if (changes.Touch(ConfigurationChanges.LimitKeys))
            await running.Batches.SetLimitsAsync(read.Library.Limits, CancellationToken.None).ConfigureAwait(false);
        if (changes.Touch(ConfigurationChanges.BudgetKey))
            await running.Batches.SetBudgetsAsync(read.Library.Budgets, CancellationToken.None).ConfigureAwait(false);
        if (inForce.Current.Limits != settings.Limits)
            running.Rates.Use(settings.Limits);
        if (inForce.Current.Webhook != settings.Webhook)
            running.Webhooks.Use(settings.Webhook);
        if (inForce.Current.Retention != settings.Retention)
            running.Retention.Use(settings.Retention);
        inForce.Current = settings;
        // After the prices and limits that it begins batches by.
        if (changes.Touch(ConfigurationChanges.ScheduleKey))
            await running.Schedules.ReplaceAsync(settings.Schedules).ConfigureAwait(false);
    }
}

/// <summary>What takes a changed configuration on while it runs.</summary>
/// <param name="Batches">Limits and budgets.</param>
/// <param name="Rates">How much callers may have.</param>
/// <param name="Webhooks">Who is told.</param>
/// <param name="Schedules">What begins by itself.</param>
/// <param name="Retention">How long what is kept.</param>
internal sealed record Reloaded(
    IAtlasBatches Batches, Rates Rates, OutgoingWebhooks Webhooks, Schedules Schedules, RetentionRounds Retention);
