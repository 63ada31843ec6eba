using System.Text;
using AtlasActors.Batches;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

public class OutputTargetsSpecs
{
    [Theory]
    [InlineData("Hero Banner", "hero_banner")]
    [InlineData("Größe & Straße #2", "größe__straße_2")]
    [InlineData("产品 图片!", "产品_图片")]
    [InlineData("봄 신상품", "봄_신상품")]
    [InlineData("a/../b", "ab")]
    [InlineData("x²½Ⅷ", "x²½ⅷ")]
    [InlineData("!!!", "")]
    [InlineData("/etc/passwd", "etcpasswd")]
    [InlineData("..\\..\\boot.ini", "bootini")]
    [InlineData("a\0b\u202egnp.exe", "abgnpexe")]
    public void Names_become_safe_as_in_the_tutorial(string name, string safe) => Assert.Equal(safe, OutputTargets.SafeName(name));

    [Fact]
    public void A_long_name_of_wide_letters_fits_a_file_system() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(OutputTargets.SafeName(new string('产', 300))), 190, 200);

    [Fact]
    public void Two_jobs_of_one_name_have_two_places() => Assert.Equal(
        ["images/hero", "images/hero_2", "images/hero_2_2", "images/hero_3"],
        Places("hero", "Hero", "hero_2", "HERO"));

    [Theory]
    [InlineData("CON", "images/con_")]
    [InlineData("nul", "images/nul_")]
    [InlineData("LPT1", "images/lpt1_")]
    [InlineData("com²", "images/com²_")]
    [InlineData("con artist", "images/con_artist")]
    [InlineData("com10", "images/com10")]
    public void Names_of_devices_are_none(string name, string place) => Assert.Equal([place], Places(name));

    [Theory]
    [InlineData("\u00c5ngstr\u00f6m", "\u212bngstr\u00f6m", "a sign that is a letter")]
    [InlineData("\ud55c\uad6d", "\u1112\u1161\u11ab\u1100\u116e\u11a8", "syllables as letters")]
    [InlineData("hero", "HERO", "case")]
    [InlineData("\u03c3", "\u03c2", "a final letter")]
    [InlineData("stra\u00dfe", "STRASSE", "two letters for one")]
    [InlineData("hero", "\uff28\uff25\uff32\uff2f", "width")]
    [InlineData("hero7", "hero\uff17", "width of digits")]
    [InlineData("\uff76", "\u30ab", "half width")]
    [InlineData("hero", "hero...", "dots at the end")]
    [InlineData("hero_", "hero ", "a blank at the end")]
    [InlineData("hero", "he\u200bro\u200d", "letters without width")]
    [InlineData("hero", "\u202ehero\u200f\u061c", "marks of direction")]
    [InlineData("hero", "he\u0301ro", "an accent by itself")]
    public void Names_that_are_one_on_some_disk_have_two_places(string one, string other, string why)
    {
        var places = Places(one, other).ToList();

        Assert.True(places[1].EndsWith("_2", StringComparison.Ordinal), $"{why}: {string.Join(' ', places)}");
    }

    [Theory]
    [InlineData("caf\u00e9", "cafe\u0301")]
    [InlineData("\u00fc", "u\u0308")]
    public void Letters_with_their_accents_apart_lose_them_and_meet_nobody(string whole, string apart) =>
        Assert.Equal(2, Places(whole, apart).Select(place => place.Normalize()).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Fact]
    public void A_thousand_long_names_of_one_beginning_have_places_that_file_systems_take()
    {
        var places = Places([.. Enumerable.Range(0, 1000).Select(number => new string('\u7522', 280) + number)]).ToList();

        Assert.Equal(1000, places.Distinct().Count());
        Assert.All(places, place => Assert.InRange(Encoding.UTF8.GetByteCount(Path.GetFileName(place) + "_100.webp.part.origin"), 1, 255));
    }

    [Fact]
    public void An_image_and_a_video_of_one_name_do_not_meet() => Assert.Equal(
        ["images/x", "videos/x"],
        OutputTargets.Assign([Some.Image(1, "x"), Some.Video(2, "x")], []).Select(plan => plan.Target));

    [Fact]
    public void A_name_of_no_letters_becomes_the_jobs_number() => Assert.Equal(["images/job_1", "images/job_2"], Places("!!!", "???"));

    [Fact]
    public void A_file_from_before_is_left_alone() => Assert.Equal(
        "images/hero_2", OutputTargets.Assign([Some.Image(1, "hero")], ["images/hero"]).Single().Target);

    private static IEnumerable<string> Places(params string[] names) =>
        OutputTargets.Assign(names.Select((name, index) => Some.Image(index + 1, name)), []).Select(plan => plan.Target);
}
