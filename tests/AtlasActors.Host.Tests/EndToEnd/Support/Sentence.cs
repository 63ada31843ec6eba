using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd.Support;

/// <summary>How the program tells of trouble: its exit code, and one sentence on standard error.</summary>
internal static class Sentence
{
    public static void AssertIs(int code, string words, (int Code, string Out, string Error) ended)
    {
        Assert.True(ended.Code == code, $"{ended.Code}: {ended.Out} {ended.Error}");
        var line = Assert.Single(ended.Error.Split('\n'));
        Assert.Contains(words, line, StringComparison.Ordinal);
        AssertNoTrace(ended);
    }

    /// <summary>Nothing that only who wrote the program can read.</summary>
    public static void AssertNoTrace((int Code, string Out, string Error) ended)
    {
        Assert.DoesNotContain("   at ", ended.Out + ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", ended.Out + ended.Error, StringComparison.Ordinal);
    }
}
