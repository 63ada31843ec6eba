using AtlasActors.Batches;
using AtlasActors.Host.Serving.Posting;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Hosting;

namespace AtlasActors.Host.Serving.Retention;

/// <summary>What was done for retention, added up.</summary>
/// <param name="Emptied">Batches of which the outputs were removed.</param>
/// <param name="Files">The files, with those that were sent along.</param>
/// <param name="Bytes">Their lengths.</param>
/// <param name="Compacted">Batches of which the journal was compacted.</param>
internal readonly record struct RetentionDone(int Emptied, int Files, long Bytes, int Compacted)
{
    public static RetentionDone operator +(RetentionDone one, RetentionDone other) => new(
        one.Emptied + other.Emptied, one.Files + other.Files, one.Bytes + other.Bytes, one.Compacted + other.Compacted);
}

/// <summary>
/// Does for one batch what is due. Its journal is what counts: the records note up to which of its events it was done
/// when it was, so that a crash before has it done again, which changes nothing more.
/// </summary>
internal sealed class RetentionWork(IAtlasBatches batches, RecordsKeeper keeper, string outputDir)
{
    /// <exception cref="BatchException">It cannot be done now, such as of a batch that is at work again.</exception>
    public async Task<RetentionDone> DoAsync(DueBatch due)
    {
        var done = default(RetentionDone);
        var id = BatchId.Parse(due.Id);
        if (due.AreOutputsDue)
        {
            var inputs = BatchInputs.Remove(outputDir, id, new DateTimeOffset(due.Created, TimeSpan.Zero));
            var outputs = await batches.RemoveOutputsAsync(id, CancellationToken.None).ConfigureAwait(false);
            await keeper.NoteKeptAsync(id, new KeptTo(Outputs: outputs.Batch.Revision)).ConfigureAwait(false);
            var files = inputs.Files + outputs.Files;
            done += new RetentionDone(files > 0 ? 1 : 0, files, inputs.Bytes + outputs.Bytes, 0);
        }
        if (due.AreEventsDue)
        {
            var view = await batches.CompactAsync(id, CancellationToken.None).ConfigureAwait(false);
            await keeper.NoteKeptAsync(id, new KeptTo(Events: view.Revision)).ConfigureAwait(false);
            done += new RetentionDone(0, 0, 0, 1);
        }
        return done;
    }
}
