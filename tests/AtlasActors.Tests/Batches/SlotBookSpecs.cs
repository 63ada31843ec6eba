using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Tests.Batches;

public class SlotBookSpecs
{
    private static readonly JobStage[] Stages = Enum.GetValues<JobStage>();

    [Fact]
    public void Its_sums_are_those_of_the_jobs_whatever_becomes_of_them()
    {
        var (book, chance) = (new SlotBook(), new Random(3));
        var jobs = new Dictionary<int, (JobStage Stage, decimal Price, bool IsTakenBack)>();
        for (var step = 0; step < 10_000; step++)
        {
            var number = chance.Next(1, 20);
            var price = chance.Next(1, 9) / 100m;
            switch (chance.Next(6))
            {
                case 0:
                    book.Forget(number);
                    jobs.Remove(number);
                    break;
                case 1:
                    book.TakeBack(number);
                    if (jobs.TryGetValue(number, out var job)) jobs[number] = job with { IsTakenBack = true };
                    break;
                default:
                    var stage = Stages[chance.Next(Stages.Length)];
                    book.Note(number, new JobState { Stage = stage }, new Usd(price));
                    jobs[number] = (stage, price, false);
                    break;
            }
            Assert.Equal(
                jobs.Values.Count(job => job.Stage is JobStage.Queued or JobStage.Submitting or JobStage.Generating), book.Held);
            Assert.Equal(
                jobs.Values.Where(job => job.Stage == JobStage.Queued && !job.IsTakenBack).Sum(job => job.Price), book.Promised.Amount);
        }
    }
}
