using AtlasActors.Host.Running;
using Xunit;

namespace AtlasActors.Host.Tests.Running;

public sealed class ShellWordSpecs
{
    [Theory]
    [InlineData("pipeline_output", "pipeline_output")]
    [InlineData("../out/2026-11-21", "../out/2026-11-21")]
    [InlineData("輸出", "輸出")]
    [InlineData("my out", "'my out'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$HOME", "'$HOME'")]
    [InlineData("-rf", "'./-rf'")]
    [InlineData("", "''")]
    public void A_path_can_be_copied_into_a_shell(string path, string word)
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(word, ShellWord.Of(path));
    }
}
