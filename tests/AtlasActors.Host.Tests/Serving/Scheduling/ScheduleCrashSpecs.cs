using System.Globalization;
using AtlasActors.Host.Serving.Scheduling;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Scheduling;

/// <summary>
/// Schedules held against a plain model while their process is ended before any write, of whichever kind, again and again:
/// each firing is what its policies say, and has one batch or none.
/// </summary>
public sealed class ScheduleCrashSpecs
{
    private const int UsualHistories = 50, Steps = 12, MostWrites = 9;

    private static int Histories =>
        int.TryParse(Environment.GetEnvironmentVariable("ATLAS_MODEL_HISTORIES"), CultureInfo.InvariantCulture, out var number)
            ? number
            : UsualHistories;

    private static readonly DateTimeOffset Start = new(2026, 11, 23, 6, 3, 0, TimeSpan.Zero);

    [Fact]
    public void Whenever_the_process_ends_each_firing_is_what_its_policies_say() => Prop.ForAll(
            Arb.From(Gen.Choose(0, 1_000_000).ArrayOf(1 + (3 * Steps))), Holds)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(Histories));

    [Fact]
    public async Task Every_single_write_of_a_firing_may_be_the_last()
    {
        foreach (var overlap in Enum.GetValues<OverlapPolicy>())
        {
            var writes = 0;
            for (var crashed = true; crashed; writes++)
            {
                using var world = new ScheduledWorld(Start);
                var schedule = world.Schedule("*/10 * * * *", overlap);
                await world.RestartAsync(schedule);
                world.CrashAfter(writes);
                crashed = await CrashesAsync(() => world.AtAsync(Start.AddMinutes(7)));
                await world.RestartAsync(schedule);
                await world.Rounds.RunAsync();
                Assert.Equal(["20261123-061000z-pack"], world.Begun);
                Assert.Equal(["06:10 started"], world.Firings());
            }
            // The day's cleaning, the decision, the batch, and what came of it.
            Assert.Equal(4, writes - 1);
        }
    }

    private static bool Holds(int[] numbers)
    {
        var overlap = (OverlapPolicy)(numbers[0] % 3);
        var misfire = (MisfirePolicy)(numbers[0] / 3 % 3);
        using var world = new ScheduledWorld(Start);
        var schedule = world.Schedule("*/10 * * * *", overlap, misfire);
        var model = new Model(overlap, misfire, Start);
        world.RestartAsync(schedule).Wait();
        foreach (var step in numbers[1..].Chunk(3))
        {
            Live(world, schedule, step).Wait();
            model.See(world.Clock.Now);
            Check(world, model);
            if (step[0] % 3 == 0 && model.Running.FirstOrDefault() is { } first)
            {
                world.End(first);
                model.Running.Remove(first);
            }
        }
        return true;
    }

    /// <summary>Time passes, with the process there or not, and it is ended before some writes until it is not.</summary>
    private static async Task Live(ScheduledWorld world, ScheduleSettings schedule, int[] step)
    {
        var now = world.Clock.Now.AddSeconds(1 + (step[1] % 2700));
        world.Clock.Now = now;
        if (step[2] % 4 == 0) await world.RestartAsync(schedule);
        foreach (var writes in new[] { step[2] / 4 % MostWrites, step[2] / 40 % MostWrites })
        {
            world.CrashAfter(writes);
            if (await CrashesAsync(() => world.Rounds.RunAsync())) await world.RestartAsync(schedule);
        }
        world.CrashAfter(int.MaxValue);
        await world.Rounds.RunAsync();
    }

    private static void Check(ScheduledWorld world, Model model)
    {
        Assert.Equal(model.Begun, world.Begun);
        Assert.Equal(model.Firings.Order(), world.Firings().Order());
        // The journal's own second line of defence was never needed to make one of two.
        Assert.Equal(world.Batches.Known.Count, world.Batches.Known.DistinctBy(batch => batch.Id).Count());
    }

    private static async Task<bool> CrashesAsync(Func<Task> work)
    {
        try
        {
            await work();
            return false;
        }
        catch (Exception fault) when (fault is CrashException or Microsoft.Data.Sqlite.SqliteException)
        {
            return true;
        }
    }

    /// <summary>What the policies say, in minutes that are multiples of ten.</summary>
    private sealed class Model(OverlapPolicy overlap, MisfirePolicy misfire, DateTimeOffset start)
    {
        private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

        private readonly Queue<string> _queue = new();
        private readonly Dictionary<string, string> _states = [];
        private DateTimeOffset _seen = start;

        public List<string> Begun { get; } = [];

        public List<string> Running { get; } = [];

        public IEnumerable<string> Firings => _states.Select(state => $"{state.Key[9..11]}:{state.Key[11..13]} {state.Value}");

        public void See(DateTimeOffset now)
        {
            while (Running.Count == 0 && _queue.TryDequeue(out var next)) Begin(next);
            var due = Instants(_seen, now).ToList();
            _seen = now;
            var late = due.Where(instant => instant <= now - FiringPlan.Grace).ToList();
            var inTime = due.Except(late).ToList();
            if (misfire == MisfirePolicy.Skip && late.Count > 0) _states[Id(late[^1])] = "missed";
            var made = misfire switch
            {
                MisfirePolicy.All => due,
                MisfirePolicy.Once when inTime.Count == 0 => late.TakeLast(1).ToList(),
                _ => inTime,
            };
            foreach (var instant in made) Fire(Id(instant));
        }

        private void Fire(string id)
        {
            if (overlap == OverlapPolicy.Allow || (Running.Count == 0 && _queue.Count == 0))
                Begin(id);
            else if (overlap == OverlapPolicy.Queue)
            {
                _queue.Enqueue(id);
                _states[id] = "queued";
            }
            else
                _states[id] = "skipped";
        }

        private void Begin(string id)
        {
            Begun.Add(id);
            Running.Add(id);
            _states[id] = "started";
        }

        private static string Id(DateTimeOffset instant) => Firing.IdOf("pack", instant).Value;

        private static IEnumerable<DateTimeOffset> Instants(DateTimeOffset after, DateTimeOffset until)
        {
            var first = new DateTimeOffset((after.UtcTicks / Period.Ticks * Period.Ticks) + Period.Ticks, TimeSpan.Zero);
            for (var instant = first; instant <= until; instant += Period) yield return instant;
        }
    }
}
