using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Tests.Serving.Support;

/// <summary>Five batches that differ in all by which they can be found.</summary>
internal static class SomeBatches
{
    public static readonly DateOnly Day = DateOnly.FromDateTime(Views.Start.UtcDateTime);

    public static void AddTo(ScriptedBatches batches)
    {
        Add("b-1", 0, [Priced(1, "Red Café"), Priced(2, "Blue Café", 0.05m)], "team:films");
        Add("b-2", 1, [Priced(1, "Harbour"), Failed(2, "Storm_100%")], "team:films", "customer:acme");
        Add("b-3", 2, [Priced(1, "Dune", 0.11m, Views.Seedance)], "team:shops");
        AddBatch("b-4", 3, [Views.Job(1, JobStage.InDoubt, "Lost")], BatchPhase.Halted, []);
        Add("b-5", 4, [.. Enumerable.Range(1, 7).Select(number => Priced(number, $"Row {number}"))]);

        void Add(string id, int hours, IReadOnlyList<JobView> jobs, params ReadOnlySpan<string> labels) =>
            AddBatch(id, hours, jobs, BatchPhase.Finished, labels);

        void AddBatch(string id, int hours, IReadOnlyList<JobView> jobs, BatchPhase phase, ReadOnlySpan<string> labels)
        {
            batches.JobsOf[id] = jobs;
            batches.Known.Add(Views.Batch(phase, jobs, id: id) with
            {
                CreatedAt = Views.Start.AddHours(hours), Source = $"pack-{id}.yaml", IsSettled = true,
                Labels = labels.ToArray().Select(label => label.Split(':')).ToDictionary(pair => pair[0], pair => pair[1]),
            });
        }
    }

    /// <summary>A job that made a file, and cost something on the day of all tests.</summary>
    public static JobView Priced(int number, string name, decimal cost = 0.04m, string model = Views.Flux) =>
        Views.Done(number, name, model, cost) with
        {
            Revision = 4,
            Days = [new JobDay(Day, 1, 1, 0, new Usd(cost), Usd.Zero, Usd.Zero, Usd.Zero)],
            Files = [$"images/job_{number}.png"], Outputs = [new JobFile($"images/job_{number}.png", 10, new string('a', 64))],
        };

    private static JobView Failed(int number, string name) =>
        Views.Job(number, JobStage.Failed, name, error: "The prompt was refused by moderation.") with
        {
            Revision = 4, Failure = new AtlasFailure("The prompt was refused by moderation.", 400, "1039"),
        };
}
