using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Running;

/// <summary>What the batches of a folder cost, as far as it is known.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Endpoint">The API of its latest batch, which these batches were begun with.</param>
/// <param name="Batches">Those batches, oldest first.</param>
/// <param name="OtherBatches">How many batches of the folder were begun with another API, and are left out.</param>
/// <param name="Ledger">What they cost together.</param>
/// <param name="Collected">What came of asking for missing charges; null when nobody asked.</param>
/// <param name="WhyNotAsked">Why nobody asked though charges are missing; null otherwise.</param>
internal sealed record FolderCosts(
    StateFolder Folder, string Endpoint, IReadOnlyList<BatchView> Batches, int OtherBatches, LedgerView Ledger,
    FolderCosts.Collection? Collected, string? WhyNotAsked)
{
    /// <summary>What came of asking for missing charges.</summary>
    /// <param name="Found">How many Atlas told.</param>
    /// <param name="Missing">How many it has not told.</param>
    /// <param name="Trouble">Why not all were asked for; null where all were.</param>
    public sealed record Collection(int Found, int Missing, string? Trouble);

    /// <summary>What they are expected to cost when every job succeeds at its first attempt.</summary>
    public Usd Estimated => Batches.Select(batch => batch.Money.Estimated).Sum();

    /// <summary>Reads what a session's folder holds. Nothing is asked of Atlas.</summary>
    public static async Task<FolderCosts> ReadAsync(
        BatchSession session, StateFolder folder, CancellationToken cancellation)
    {
        var all = await session.Batches.ListAsync(cancellation).ConfigureAwait(false);
        if (all is not [.., var latest])
            throw EarlierBatch.NoBatch(folder);
        var batches = all.Where(batch => batch.Endpoint == latest.Endpoint).ToList();
        var ledgers = new List<LedgerView>();
        foreach (var batch in batches)
            ledgers.Add(await session.Batches.GetCostsAsync(batch.Id, cancellation).ConfigureAwait(false));
        return new FolderCosts(
            folder, latest.Endpoint, batches, all.Count - batches.Count, LedgerView.Sum(ledgers), null, null);
    }

    /// <summary>Asks Atlas for what is missing, batch by batch, and reads again.</summary>
    public async Task<FolderCosts> CollectAsync(BatchSession session, TimeSpan within, CancellationToken cancellation)
    {
        var (found, missing, trouble) = (0, 0, (string?)null);
        foreach (var batch in Batches)
        {
            var answer = await session.Batches
                .CollectChargesAsync(batch.Id, int.MaxValue, within, cancellation).ConfigureAwait(false);
            (found, missing, trouble) = (found + answer.Found, missing + answer.Missing, trouble ?? answer.Trouble);
        }
        var now = await ReadAsync(session, Folder, cancellation).ConfigureAwait(false);
        return now with { Collected = new Collection(found, missing, trouble) };
    }

    /// <summary>Why the API cannot be asked for what is missing now, in a sentence; null when it can.</summary>
    public string? Obstacle(Variables variables, int? holder) =>
        holder is { } pid ? FormattableString.Invariant($"process {pid} is at work in {Folder.Shown}, and asks by itself")
        : Endpoint == Settings.Endpoint.Simulator ? null
        : variables.FindFirst(ApiKey.Names) is null ? $"there is no API key: set {ApiKey.Names[0]}"
        : Settings.Endpoint.NameOf(Settings.Endpoint.Find(variables)) != Endpoint
            ? $"it was begun with {Endpoint}: set {Settings.Endpoint.Variable}={Endpoint}"
        : null;
}
