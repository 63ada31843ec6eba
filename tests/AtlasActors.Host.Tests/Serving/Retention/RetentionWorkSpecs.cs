using AtlasActors.Batches;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Serving.Retention;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Retention;

/// <summary>What is done for one batch: what was sent along goes first, and it is noted only when it is done.</summary>
public sealed class RetentionWorkSpecs : IAsyncLifetime
{
    private static readonly DateTimeOffset Long = DateTimeOffset.MaxValue;

    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedBatches _batches = new();
    private readonly RecordsFile _file;
    private readonly ServiceRecords _records;
    private readonly RecordsKeeper _keeper;

    public RetentionWorkSpecs()
    {
        _file = RecordsFile.Prepare(_folder.File("records.db"), Views.Start);
        _records = new ServiceRecords(_file).Open();
        _keeper = new RecordsKeeper(_file, _records, _batches, NullLogger.Instance);
    }

    public async Task InitializeAsync()
    {
        var batch = Views.Batch(BatchPhase.Finished, [Views.Done(1)], id: "b-1") with { SettledAt = Views.Start.AddHours(1) };
        _batches.Known.Add(batch);
        using (var writer = new RecordsWriter(_file))
            writer.InTransaction(() => writer.Take(new BatchReading(batch, [Views.Done(1)])));
        await _keeper.BeginAsync();
    }

    public async Task DisposeAsync()
    {
        _batches.EndNotices();
        await _keeper.DisposeAsync();
        _file.Close();
        _folder.Dispose();
    }

    [Fact]
    public async Task Both_are_done_in_their_order_and_noted()
    {
        var done = await DoAsync();
        Assert.Equal(["remove outputs of b-1", "compact b-1"], _batches.Asked);
        Assert.Equal(new RetentionDone(1, 1, 10, 1), done);
        Assert.Empty(_records.Due(Long, Long, 0, 10));
    }

    [Fact]
    public async Task Only_what_is_due_is_done()
    {
        Assert.Empty(_records.Due(null, null, 0, 10));
        await Work().DoAsync(Assert.Single(_records.Due(null, Long, 0, 10)));
        Assert.Equal(["compact b-1"], _batches.Asked);
        Assert.Empty(_records.Due(null, Long, 0, 10));
        Assert.Equal((true, false), (Due().AreOutputsDue, Due().AreEventsDue));
    }

    [Fact]
    public async Task What_was_sent_along_goes_and_what_came_there_later_stays()
    {
        var (sent, later) = (Input("rows.csv", -1), Input("mine.txt", 1));
        var done = await DoAsync();
        Assert.Equal((false, true), (File.Exists(sent), File.Exists(later)));
        Assert.Equal((2, 11L), (done.Files, done.Bytes));
        File.Delete(later);
        Input("rows.csv", -1);
        await Work().DoAsync(new DueBatch { Id = "b-1", Created = Views.Start.UtcTicks, AreOutputsDue = true });
        Assert.False(Directory.Exists(Path.GetDirectoryName(later)));
    }

    /// <summary>The program ends at a step: what came before it is done, and doing all of it again comes to the same.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Ended_in_between_it_is_all_still_due_and_is_done_the_next_time(int steps)
    {
        var sent = Input("rows.csv", -1);
        _batches.FailsAfter = steps;
        await Assert.ThrowsAsync<BatchException>(DoAsync);
        Assert.Equal((steps == 0, true), (Due().AreOutputsDue, Due().AreEventsDue));

        _batches.FailsAfter = null;
        await DoAsync();
        Assert.Empty(_records.Due(Long, Long, 0, 10));
        Assert.False(File.Exists(sent));
        Assert.Equal("compact b-1", _batches.Asked[^1]);
    }

    private DueBatch Due() => Assert.Single(_records.Due(Long, Long, 0, 10));

    private Task<RetentionDone> DoAsync() => Work().DoAsync(Due());

    private RetentionWork Work() => new(_batches, _keeper, _folder.Path);

    private string Input(string name, int hours)
    {
        var place = Path.Combine(_folder.Path, "b-1", "inputs", name);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllText(place, "x");
        File.SetLastWriteTimeUtc(place, Views.Start.AddHours(hours).UtcDateTime);
        return place;
    }
}
