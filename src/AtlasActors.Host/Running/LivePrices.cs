using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Rendering;
using AtlasActors.Simulator;

namespace AtlasActors.Host.Running;

/// <summary>Asks Atlas, or the simulator of a rehearsal, what a batch will cost.</summary>
internal static class LivePrices
{
    /// <summary>Opens the account of an API for as long as the asking takes.</summary>
    public static async Task<LiveEstimate> AskAsync(
        Shell shell, ApiChoice api, BatchDefinition definition, CancellationToken cancellation)
    {
        if (api is ApiChoice.Real real)
        {
            using var account = shell.OpenAccount(real.BaseUrl, real.Key);
            return await AskAsync(account.Inquiries, definition, cancellation).ConfigureAwait(false);
        }
        var simulator = await AtlasSimulator.StartAsync(new SimulatorOptions(), cancellation).ConfigureAwait(false);
        await using (simulator.ConfigureAwait(false))
        {
            using var account = shell.OpenAccount(simulator.BaseUrl, BatchSession.SimulatorKey);
            return await AskAsync(account.Inquiries, definition, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Asks an account that is open; a refused key ends the command.</summary>
    public static async Task<LiveEstimate> AskAsync(
        IAtlasInquiries inquiries, BatchDefinition definition, CancellationToken cancellation)
    {
        var quotes = await LiveQuotes.AskAsync(definition, inquiries, cancellation).ConfigureAwait(false);
        return quotes.KeyRefused is { } why
            ? throw AccountAnswer.KeyRefused(why)
            : LiveEstimate.Of(definition, quotes);
    }

    /// <summary>For whom there is no quote, and what stands in for it; a line for each such model.</summary>
    public static IEnumerable<string> Gaps(LiveEstimate estimate) =>
        from model in estimate.Models
        where model.Trouble is not null
        let instead = model.Assumed > 0 ? "the price is assumed" : "the price table stands in"
        select $"No quote for {Texts.OneLine(model.Model)}, {instead}: {Texts.OneLine(model.Trouble!)}";
}
