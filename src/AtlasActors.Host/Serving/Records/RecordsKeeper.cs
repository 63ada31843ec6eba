using System.Threading.Channels;
using AtlasActors.Batches;
using AtlasActors.Hosting;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving.Records;

/// <summary>
/// Keeps the records in step with the batches: hears all that happens, and writes what has come together since the last
/// transaction in one. What cannot be written is read anew from the batches when it can be.
/// </summary>
internal sealed class RecordsKeeper(RecordsFile file, ServiceRecords records, IAtlasBatches batches, ILogger log)
    : IAsyncDisposable
{
    private const int MostAtOnce = 2000;
    private static readonly TimeSpan BeforeNextTry = TimeSpan.FromSeconds(1);

    private readonly Channel<News> _news =
        Channel.CreateUnbounded<News>(new UnboundedChannelOptions { SingleReader = true });

    private readonly RecordsWriter _writer = new(file);
    private readonly HashSet<BatchId> _missed = [];
    private Task _hearing = Task.CompletedTask;
    private Task _keeping = Task.CompletedTask;

    /// <summary>Begins to listen; nothing that happens after it completes is missed.</summary>
    public async Task BeginAsync()
    {
        var all = await batches.WatchAllAsync(CancellationToken.None).ConfigureAwait(false);
        _hearing = Task.Run(() => HearAsync(all));
        _keeping = Task.Run(KeepAsync);
    }

    /// <summary>Writes a batch that was just answered with, so that whoever has the answer finds it in the lists.</summary>
    public Task NoteAsync(BatchView view) => TellAsync(new News.Answered(view));

    /// <summary>Writes a batch as it was read from the journal.</summary>
    public Task NoteAsync(BatchReading reading) => TellAsync(new News.Whole(reading));

    /// <summary>Notes up to which of its events something was done to a batch.</summary>
    public Task NoteKeptAsync(BatchId id, KeptTo to) => TellAsync(new News.Kept(id, to));

    /// <summary>Drops a batch that is not in the journal.</summary>
    public Task DropAsync(BatchId id) => TellAsync(new News.Gone(id));

    /// <summary>Writes what was heard to the last, and ends. The batches must have ended before: until then more may come.</summary>
    public async ValueTask DisposeAsync()
    {
        await _hearing.ConfigureAwait(false);
        _news.Writer.TryComplete();
        await _keeping.ConfigureAwait(false);
        _writer.Dispose();
    }

    private async Task HearAsync(IAsyncEnumerable<BatchNotice> all)
    {
        await foreach (var notice in all.ConfigureAwait(false))
            _news.Writer.TryWrite(new News.Heard(notice));
    }

    private async Task TellAsync(News news)
    {
        // When it has ended there is nobody to wait for: the next start reads the journal.
        if (_news.Writer.TryWrite(news)) await news.Written.Task.ConfigureAwait(false);
    }

    private async Task KeepAsync()
    {
        var together = new List<News>();
        while (_missed.Count > 0 || await _news.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            together.Clear();
            while (together.Count < MostAtOnce && _news.Reader.TryRead(out var one)) together.Add(one);
            var isWritten = await WriteAsync(together).ConfigureAwait(false);
            together.ForEach(one => one.Written.TrySetResult());
            if (isWritten) continue;
            if (_news.Reader.Completion.IsCompleted) return;
            await Task.Delay(BeforeNextTry).ConfigureAwait(false);
        }
    }

    private async Task<bool> WriteAsync(List<News> together)
    {
        try
        {
            var whole = await ReadUnknownAsync(together).ConfigureAwait(false);
            var last = _writer.InTransaction(() =>
            {
                foreach (var reading in whole) _writer.Take(reading);
                foreach (var one in together) Take(one);
            });
            foreach (var reading in whole) _missed.Remove(reading.Batch.Id);
            records.Announce(last);
            return true;
        }
        catch (Exception fault)
        {
            // Whatever it is: who waits must be told, and the batches still go on.
            log.LogError(fault, "The records cannot be written, and are behind until they can");
            _missed.UnionWith(together.Select(one => one.Batch));
            return false;
        }
    }

    private void Take(News news)
    {
        switch (news)
        {
            case News.Heard { Notice: BatchNotice.JobMoved moved }: _writer.Take(moved.BatchId, moved.Job); break;
            case News.Heard { Notice: BatchNotice.PhaseChanged phase }: _writer.Take(phase.Batch, isComplete: true); break;
            case News.Answered answered: _writer.Take(answered.View, isComplete: false); break;
            case News.Whole whole: _writer.Take(whole.Reading); break;
            case News.Kept kept: _writer.Keep(kept.Id, kept.To); break;
            case News.Gone gone: _writer.Drop(gone.Id); break;
            default: throw new InvalidOperationException($"News of an unknown kind: {news.GetType()}.");
        }
    }

    /// <summary>Batches of which something was heard, and that are not in the records, or not as they should be.</summary>
    private async Task<List<BatchReading>> ReadUnknownAsync(List<News> together)
    {
        var wanted = new HashSet<BatchId>(_missed);
        _writer.InTransaction(() => wanted.UnionWith(together
            .Where(one => one is not (News.Gone or News.Whole)).Select(one => one.Batch).Distinct()
            .Where(id => !_writer.Has(id))));
        var whole = new List<BatchReading>();
        foreach (var id in wanted)
        {
            try
            {
                whole.Add(await batches.ReadAsync(id, CancellationToken.None).ConfigureAwait(false));
            }
            catch (BatchException fault)
            {
                _missed.Remove(id);
                log.LogWarning("Batch {Batch} is not in the records: {Reason}", id.Value, fault.Message);
            }
        }
        return whole;
    }

    /// <summary>Something to be written.</summary>
    private abstract record News(BatchId Batch)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public sealed record Heard(BatchNotice Notice) : News(Notice.BatchId);

        public sealed record Answered(BatchView View) : News(View.Id);

        public sealed record Whole(BatchReading Reading) : News(Reading.Batch.Id);

        public sealed record Kept(BatchId Id, KeptTo To) : News(Id);

        public sealed record Gone(BatchId Id) : News(Id);
    }
}
