using System.Globalization;
using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Manifests;
using AtlasActors.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AtlasActors.Tests.Manifests;

/// <summary>
/// The manifest against a plain list, after every step of random histories: jobs end, are taken up again and end anew,
/// the manifest is told late, twice, in the wrong order, or old news after newer, and it crashes between any two steps.
/// </summary>
public class ManifestModelSpecs
{
    private const int JobCount = 5;

    private static readonly ManifestHead Head = new(BatchId.Parse("b1"), "pack.yaml", "out/", JobCount, []);

    private static readonly JobStage[] Ends =
        [JobStage.Succeeded, JobStage.Failed, JobStage.Refused, JobStage.InDoubt, JobStage.Overdue, JobStage.Downloading];

    /// <summary>What is drawn at each step: a job, what is done, and how.</summary>
    private static readonly Gen<(int Job, int Deed, int Lot)[]> AnyHistory =
        Gen.ArrayOf(
            from job in Gen.Choose(0, JobCount - 1)
            from deed in Gen.Choose(0, 99)
            from lot in Gen.Choose(0, 9_999)
            select (job, deed, lot),
            ModelRun.Steps);

    [Fact]
    public void Whatever_is_told_however_often_and_whenever_it_crashes_the_manifest_is_a_plain_list() =>
        ModelRun.Check(AnyHistory, Holds);

    private static bool Holds((int Job, int Deed, int Lot)[] history)
    {
        var jobs = Enumerable.Range(1, JobCount).Select(number => new Job(number)).ToArray();
        var state = new ManifestState();
        var list = new PlainList();
        List<object> events = [];
        var written = 0;
        foreach (var (number, deed, lot) in history)
        {
            var job = jobs[number];
            if (deed < 40) job.GoOn(lot);
            else if (deed < 90) written = Tell(Draw(jobs, job, lot), isWritten: lot % 3 != 0);
            else written = Crash(lot);
            if (!list.Agrees(Written(state))) return false;
        }
        foreach (var job in jobs) written = Tell([job.News[^1]], isWritten: true);
        written = Crash(0);
        return list.Agrees(Written(state)) && jobs.All(job => list.Has(job.News[^1]));

        int Tell(JobNews[] news, bool isWritten)
        {
            var happened = state.Decide(new ManifestCommands.ListResults(
                [.. news.Select(one => one.Result).OfType<ManifestResult>()],
                [.. news.Where(one => one.Result is null).Select(one => new JobRevision(one.Job, one.Revision))]));
            foreach (var e in happened) state.Apply(e);
            events.AddRange(happened);
            // Results come before withdrawals in a message; each is of another job.
            foreach (var one in news.OrderBy(one => one.Result is null)) list.Take(one);
            return isWritten ? events.Count : written;
        }

        // What was acknowledged is on the disk, and of the rest the first few.
        int Crash(int lot)
        {
            var kept = written + (lot % (events.Count - written + 1));
            events.RemoveRange(kept, events.Count - kept);
            state = Recovered(events, lot % (kept + 1));
            list.KeepOnly(kept);
            return kept;
        }
    }

    /// <summary>From a snapshot in the place of the first few events, through its JSON, and from the events after it.</summary>
    private static ManifestState Recovered(List<object> events, int compacted)
    {
        var before = new ManifestState();
        foreach (var e in events.Take(compacted)) before.Apply(e);
        var state = new ManifestState();
        state.Apply(JsonSerializer.Deserialize<ManifestSnapshot>(
            JsonSerializer.Serialize(before.Snapshot(), AtlasEventSerializer.Json), AtlasEventSerializer.Json)!);
        foreach (var e in events.Skip(compacted)) state.Apply(e);
        return state;
    }

    /// <summary>One or two jobs, each as it is or as it was.</summary>
    private static JobNews[] Draw(Job[] jobs, Job job, int lot)
    {
        var other = jobs[job.Number % JobCount];
        return lot % 4 == 0 ? [job.Past(lot / 4), other.Past(lot / 8)] : [lot % 4 == 1 ? job.Past(lot / 4) : job.News[^1]];
    }

    private static JsonElement Written(ManifestState state)
    {
        using var stream = new MemoryStream();
        Manifest.Write(stream, Head, state.Results, Some.Time);
        return JsonElement.Parse(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>What a batch says of a job at a moment: how it came out, or that it is at work.</summary>
    private sealed record JobNews(int Job, int Revision, ManifestResult? Result);

    private sealed class Job(int number)
    {
        public int Number { get; } = number;

        public List<JobNews> News { get; } = [new(number, 1, null)];

        public JobNews Past(int lot) => News[lot % News.Count];

        /// <summary>It ends, in one of six ways, or is taken up again.</summary>
        public void GoOn(int lot)
        {
            // Some events are told to nobody.
            var revision = News[^1].Revision + 1 + (lot % 3);
            News.Add(new JobNews(Number, revision, News[^1].Result is null || lot % 5 == 0 ? Result(revision, lot) : null));
        }

        private ManifestResult Result(int revision, int lot)
        {
            var stage = Ends[lot % Ends.Length];
            var isCharged = stage is JobStage.Succeeded or JobStage.Downloading || lot % 7 == 0;
            var isThere = stage == JobStage.Succeeded;
            return new ManifestResult(
                Number, revision, $"job \"{Number}\" ü", "a/b", MediaKind.Image, stage, isThere ? $"https://h/{lot}.png" : null,
                isThere ? [new OutputFile($"images/{Number}.png", lot, "ab")] : [], isCharged ? new Usd(lot / 10_000m) : Usd.Zero,
                stage == JobStage.InDoubt ? new Usd(lot / 20_000m) : Usd.Zero, isThere ? TimeSpan.FromSeconds(lot / 10.0) : null,
                isThere ? null : $"trouble {lot}", $"p{lot}", 1, isCharged ? lot % 2 == 0 : null,
                isCharged ? new Usd(lot % 2 == 0 ? 0 : lot / 10_000m) : null);
        }
    }

    /// <summary>Of each job the newest word, and the changes in their order.</summary>
    private sealed class PlainList
    {
        private readonly List<JobNews> _changes = [];

        public void Take(JobNews news)
        {
            if (!_changes.Exists(known => known.Job == news.Job && known.Revision >= news.Revision)) _changes.Add(news);
        }

        public void KeepOnly(int changes) => _changes.RemoveRange(changes, _changes.Count - changes);

        public bool Has(JobNews news) => _changes.FindLast(known => known.Job == news.Job) == news;

        /// <summary>Whether the JSON has just these results in the tutorial's fields, and what they come to.</summary>
        public bool Agrees(JsonElement json)
        {
            List<ManifestResult> results = [.. Enumerable.Range(1, JobCount)
                .Select(job => _changes.FindLast(known => known.Job == job)?.Result).OfType<ManifestResult>()];
            int Count(JobStage stage) => results.Count(result => result.Stage == stage);
            var ended = results.Count(result => result.Stage is not (JobStage.Overdue or JobStage.Downloading));
            return Raw(json, "total_cost") == Four(results.Sum(result => result.Cost.Amount))
                && Raw(json, "possible_cost") == Four(results.Sum(result => result.PossibleCost.Amount))
                && Raw(json, "unconfirmed_cost") == Four(results.Sum(result => result.Unconfirmed?.Amount ?? 0))
                && Raw(json, "cost_reported") == (results.Any(result => result.CostReported == false) ? "false" : "true")
                && Whole(json, "total_jobs") == JobCount
                && Whole(json, "successful") == Count(JobStage.Succeeded)
                && Whole(json, "failed") == Count(JobStage.Failed) + Count(JobStage.Refused)
                && Whole(json, "in_doubt") == Count(JobStage.InDoubt)
                && Whole(json, "unfinished") == JobCount - ended
                && json.GetProperty("generated_at").GetDateTimeOffset() == Some.Time
                && json.GetProperty("results").EnumerateArray().Select(Fields).SequenceEqual(results.Select(Fields));
        }

        private static string Fields(JsonElement result) => string.Join('|', new[]
        {
            "name", "model", "type", "status", "output_url", "local_path", "cost", "generation_time", "error",
        }.Select(name => result.GetProperty(name).ToString()));

        private static string Fields(ManifestResult result) => string.Join(
            '|', result.Name, "a/b", "image",
            result.Stage switch
            {
                JobStage.Succeeded => "success", JobStage.Failed => "failed", JobStage.Refused => "refused",
                JobStage.InDoubt => "in_doubt", _ => "unfinished",
            },
            result.OutputUrl ?? "", result.Files.Count > 0 ? $"out/images/{result.Job}.png" : "", Four(result.Cost.Amount),
            (result.GenerationTime?.TotalSeconds ?? 0).ToString("0.0", CultureInfo.InvariantCulture), result.Error ?? "");

        private static string Raw(JsonElement json, string name) => json.GetProperty(name).GetRawText();

        private static int Whole(JsonElement json, string name) => json.GetProperty(name).GetInt32();

        private static string Four(decimal amount) => amount.ToString("0.0000", CultureInfo.InvariantCulture);
    }
}
