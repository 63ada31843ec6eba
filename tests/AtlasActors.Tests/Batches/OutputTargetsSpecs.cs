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
