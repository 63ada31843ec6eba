using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using Xunit;
using Xunit.Abstractions;

namespace AtlasActors.Host.Tests.Serving.Records;

/// <summary>Whatever order news come in, and however often, the records are what the latest of them say.</summary>
public sealed class RecordsWriterSpecs(ITestOutputHelper output) : IDisposable
{
    private static readonly JobStage[] Stages = Enum.GetValues<JobStage>();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Counts_money_and_costs_are_those_of_the_latest_news_of_each_job()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}.");
        var chance = new Random(seed);
        var file = RecordsFile.Prepare(_folder.File("records.db"), Views.Start);
        var records = new ServiceRecords(file).Open();
        var latest = new Dictionary<int, JobView>();
        using (var writer = new RecordsWriter(file))
        {
            var batch = Views.Batch(BatchPhase.Running, [], id: "b-1");
            writer.InTransaction(() => writer.Take(new BatchReading(batch, [])));
            var before = records.ChangesAfter(0, 10)[^1].Number;
            for (var round = 0; round < 60; round++)
            {
                var news = Enumerable.Range(0, chance.Next(1, 30)).Select(_ => Drawn(chance)).ToList();
                foreach (var job in news.Where(job => !latest.TryGetValue(job.Number, out var known) || known.Revision < job.Revision))
                    latest[job.Number] = job;
                var last = writer.InTransaction(() =>
                {
                    foreach (var job in news) writer.Take(batch.Id, job);
                });
                Assert.True(last >= before);
                before = last;
                if (chance.Next(4) == 0)
                    Assert.Throws<InvalidDataException>(() => writer.InTransaction(() =>
                    {
                        writer.Take(batch.Id, Drawn(chance) with { Revision = 10_000 });
                        throw new InvalidDataException("What is taken back counts for nothing.");
                    }));
            }
        }

        var row = records.Find(BatchId.Parse("b-1"))!;
        Assert.Equal(latest.Count, row.Total);
        Assert.Equal(
            latest.Values.GroupBy(job => Words.Of(job.Stage)).ToDictionary(group => group.Key, group => group.Count()).OrderBy(one => one.Key),
            row.ReadCounts().OrderBy(one => one.Key));
        var days = latest.Values.SelectMany(job => job.Days.Select(day => (job.Model, Day: day))).ToList();
        Assert.Equal(days.Select(one => one.Day.Charged).Sum(), Nanos.Read(row.Charged));
        Assert.Equal(days.Select(one => one.Day.Reserved).Sum(), Nanos.Read(row.Reserved));
        Assert.Equal(
            days.GroupBy(one => one.Model).Select(group => (group.Key, group.Select(one => one.Day.Charged).Sum())).OrderBy(one => one.Key),
            records.Costs(CostsBy.Model, new CostFilter(null, null, [])).Select(line => (line.Name, Nanos.Read(line.Charged))));
        Assert.Equal(
            latest.Values.OrderBy(job => job.Number).Select(JobRow.Of),
            records.Jobs(row.Place, new JobFilter([], null, null, null), 1000, 0));
        AssertFeed(records, latest.Count);
        file.Close();
    }

    [Fact]
    public void A_file_of_another_version_is_made_anew()
    {
        var path = _folder.File("records.db");
        var file = RecordsFile.Prepare(path, Views.Start);
        using (var writer = new RecordsWriter(file))
            writer.InTransaction(() => writer.Take(new BatchReading(Views.Batch(BatchPhase.Finished, [], id: "b-1"), [])));
        using (var connection = file.Open())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }
        file.Close();
        Assert.Empty(new ServiceRecords(RecordsFile.Prepare(path, Views.Start)).Open().Standings());
        file.Close();
    }

    /// <summary>Read in pages of any size, the feed has each job once, in the order of its numbers.</summary>
    private static void AssertFeed(ServiceRecords records, int jobs)
    {
        foreach (var size in new[] { 1, 3, 1000 })
        {
            var all = new List<Change>();
            while (records.ChangesAfter(all.Count == 0 ? 0 : all[^1].Number, size) is { Count: > 0 } page) all.AddRange(page);
            Assert.Equal(all.Select(change => change.Number).Distinct().Order(), all.Select(change => change.Number));
            Assert.Equal(jobs, all.Where(change => change.Job is not null).Select(change => change.Job!.Number).Distinct().Count());
            Assert.Equal(jobs + 1, all.Count);
        }
    }

    private static JobView Drawn(Random chance)
    {
        // The same revision is always the same view: both come from one event.
        var (number, revision) = (chance.Next(1, 20), chance.Next(1, 100));
        var fixedChance = new Random(number * 1000 + revision);
        var days = Enumerable.Range(0, fixedChance.Next(3)).Select(day => new JobDay(
            new DateOnly(2026, 11, 20 + day), 1, 1, 0, new Usd(fixedChance.Next(100_000) / 1_000_000m), Usd.Zero,
            new Usd(fixedChance.Next(1000) / 10_000m), Usd.Zero)).ToList();
        return Views.Job(number, Stages[fixedChance.Next(Stages.Length)], model: number % 2 == 0 ? Views.Flux : Views.Seedance) with
        {
            Revision = revision, Days = days,
            Outputs = [.. Enumerable.Range(0, fixedChance.Next(3)).Select(i => new JobFile($"images/{number}_{i}.png", revision, "ab"))],
        };
    }
}
