using AtlasActors.Batches;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AtlasActors.Tests.Batches;

/// <summary>Whatever jobs are called, whatever was there, and however many files each of them makes.</summary>
public class OutputPlacePropertySpecs
{
    // Few names of few letters, so that they meet.
    private static readonly Gen<string> Name =
        from stem in Gen.Elements("a", "A", "a_1", "a_2", "a 2", "a_1_1", "b", "!!!", "job", "a_", "a1", "1")
        from number in Gen.Elements("", "", "_1", "_2", "_3", "_02", "2")
        select stem + number;

    private static readonly Gen<string> Before =
        from folder in Gen.Elements("images", "videos", "audio", "models")
        from stem in Gen.Elements("a", "A", "b", "a_1", "job", "a-1")
        from end in Gen.Elements("", "_1", "_2", "-1", "-2", "--1", "---2", "_99", "-_1")
        select $"{folder}/{stem}{end}";

    private static readonly Gen<(JobDefinition[] Jobs, string[] Before, int[] Counts)> Batches =
        from names in Name.ListOf(12)
        from kinds in Gen.Elements(Enum.GetValues<MediaKind>()).ListOf(12)
        from before in Before.ListOf(10)
        from counts in Gen.Choose(1, 4).ListOf(12)
        select (names.Select((name, i) => Some.Image(i + 1, name) with { Kind = kinds[i] }).ToArray(),
            before.ToArray(), counts.ToArray());

    [Fact]
    public void No_two_files_have_one_place_and_none_has_that_of_a_file_from_before() => Check(batch =>
    {
        var places = Places(batch.Jobs, batch.Before, batch.Counts);
        var all = places.Concat(batch.Before.Distinct(StringComparer.OrdinalIgnoreCase)).ToArray();
        return all.Distinct(StringComparer.OrdinalIgnoreCase).Count() == all.Length;
    });

    [Fact]
    public void A_second_batch_in_the_same_folder_meets_none_of_the_first() => Check(batch =>
    {
        var first = Places(batch.Jobs, batch.Before, batch.Counts);
        var second = Places(batch.Jobs, [.. batch.Before, .. first], batch.Counts);
        return !second.Intersect(first, StringComparer.OrdinalIgnoreCase).Any();
    });

    [Fact]
    public void Places_are_those_of_the_journal_in_every_life() => Check(batch =>
    {
        var planned = OutputTargets.Assign(batch.Jobs, batch.Before);
        return Enumerable.Range(0, planned.Count).All(i => Enumerable.Range(0, batch.Counts[i]).All(index =>
            planned[i].PlaceOf(index, batch.Counts[i]) == (planned[i] with { }).PlaceOf(index, batch.Counts[i])))
            && planned.Select(plan => plan.Separator).All(separator => separator is "_" || separator!.All(c => c == '-'));
    });

    [Fact]
    public void Several_files_of_a_job_that_nothing_is_in_the_way_of_are_numbered_with_underscores() => Assert.Equal(
        ["images/hero_1", "images/hero_2", "images/hero_3"], Places([Some.Image(1, "Hero")], [], [3]));

    [Fact]
    public void Two_jobs_of_one_name_do_not_take_each_others_numbers() => Assert.Equal(
        ["images/hero-1", "images/hero-2", "images/hero_2_1", "images/hero_2_2"],
        Places([Some.Image(1, "hero"), Some.Image(2, "hero")], [], [2, 2]));

    [Fact]
    public void A_second_batch_of_the_same_names_leaves_the_files_of_the_first() => Assert.Equal(
        ["images/hero-1", "images/hero-2"],
        Places([Some.Image(1, "hero")], ["images/hero_1", "images/hero_2"], [2]));

    [Fact]
    public void A_batch_that_an_earlier_release_began_goes_on_by_its_rule()
    {
        var planned = new PlannedJob(Some.Image(), "images/hero");

        Assert.Equal(
            ["images/hero", "images/hero-2", "images/hero-3"], Enumerable.Range(0, 3).Select(i => planned.PlaceOf(i, 3)));
    }

    private static string[] Places(JobDefinition[] jobs, string[] before, int[] counts) =>
    [
        .. OutputTargets.Assign(jobs, before).SelectMany((plan, i) =>
            Enumerable.Range(0, counts[i]).Select(index => plan.PlaceOf(index, counts[i]))),
    ];

    // The seed is given: a run that fails, fails again.
    private static void Check(Func<(JobDefinition[] Jobs, string[] Before, int[] Counts), bool> holds) =>
        Prop.ForAll(Batches.ToArbitrary(), holds)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(20261121, 5));
}
