using System.Text;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Settings;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Outgoing;

/// <summary>The secret on disk, in the environment and on the command line, and what is signed with it.</summary>
public sealed class WebhookSecretSpecs : IDisposable
{
    private const string Known = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly ScriptedProgram _program = new();

    private string Place => _program.Folder.File(Path.Combine("batches", ".atlas-actors", "webhook-secret"));

    public void Dispose() => _program.Dispose();

    [Fact]
    public void The_example_of_Standard_Webhooks_is_signed_as_it_says() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSecret.Parse(Known)!.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8));

    [Theory]
    [InlineData("")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa")]
    [InlineData("whsec_not base64 at all, is it? no, it is none")]
    public async Task What_is_no_secret_is_refused_and_not_repeated(string text)
    {
        Assert.Null(WebhookSecret.Parse(text));
        if (text.Length == 0) return;
        Assert.Equal(2, await _program.With(WebhookSecret.Variable, text).RunAsync("webhooks", "secret"));
        Assert.Contains(WebhookSecret.Variable, _program.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Length > 10 ? text : "nothing", _program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_of_24_to_64_bytes()
    {
        Assert.NotNull(WebhookSecret.Parse("whsec_" + Convert.ToBase64String(new byte[64])));
        Assert.Null(WebhookSecret.Parse("whsec_" + Convert.ToBase64String(new byte[65])));
        Assert.Null(WebhookSecret.Parse("whsec_" + Convert.ToBase64String(new byte[23])));
    }

    [Fact]
    public async Task It_is_made_once_and_shown_as_often_as_it_is_asked_for()
    {
        Assert.Equal(0, await _program.RunAsync("webhooks", "secret"));
        var secret = _program.Text.Trim();
        Assert.Matches("^whsec_[A-Za-z0-9+/]{32}$", secret);
        Assert.Equal(secret, (await File.ReadAllTextAsync(Place)).Trim());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Place));
        Assert.Equal(0, await _program.RunAsync("webhooks", "secret", "--json"));
        Assert.Contains($"\"secret\": \"{secret}\"", _program.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Place)!, "*.tmp"));
    }

    [Fact]
    public async Task That_of_the_environment_wins()
    {
        await _program.RunAsync("webhooks", "secret");
        Assert.Equal(0, await _program.With(WebhookSecret.Variable, Known).RunAsync("webhooks", "secret"));
        Assert.Equal(Known, _program.Text.Trim());
        Assert.DoesNotContain(Known, await File.ReadAllTextAsync(Place), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_who_come_at_once_have_the_same()
    {
        using var folder = new TemporaryFolder();
        var nothing = new Variables(_ => null, folder.Path);
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => WebhookSecret.Open(folder.File("s"), nothing).Text)));
        Assert.Single(all.Distinct());
        Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp"));
    }

    [Fact]
    public void Its_own_text_does_not_tell_it() =>
        Assert.DoesNotContain(Known[6..], $"{WebhookSecret.Parse(Known)}", StringComparison.Ordinal);

    [Fact]
    public void Another_body_id_time_or_secret_is_another_signature()
    {
        var secret = WebhookSecret.Parse(Known)!;
        var other = WebhookSecret.Parse("whsec_" + Convert.ToBase64String(new byte[24]))!;
        Assert.Equal(5, new[]
        {
            secret.Sign("a", 1, "b"u8), secret.Sign("a", 1, "c"u8), secret.Sign("c", 1, "b"u8), secret.Sign("a", 2, "b"u8),
            other.Sign("a", 1, "b"u8),
        }.Distinct().Count());
        Assert.Equal(secret.Sign("a", 1, Encoding.UTF8.GetBytes("雨")), secret.Sign("a", 1, "雨"u8));
    }
}
