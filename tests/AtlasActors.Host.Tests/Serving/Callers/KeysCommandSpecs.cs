using System.Text.Json;
using AtlasActors.Host.Serving.Callers;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Callers;

/// <summary>Keys on the command line and on disk.</summary>
public sealed class KeysCommandSpecs : IDisposable
{
    private readonly ScriptedProgram _program = new();

    private string KeysFile => _program.Folder.File(Path.Combine("batches", ".atlas-actors", "keys.json"));

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task A_key_is_shown_once_and_only_its_hash_is_kept()
    {
        Assert.Equal(0, await _program.RunAsync("keys", "add", "films", "--role", "submit"));
        var key = _program.Out.ToString().Trim();
        Assert.Matches("^aak_[A-Za-z0-9_-]{43}$", key);
        var kept = await File.ReadAllTextAsync(KeysFile);
        Assert.DoesNotContain(key, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(key[4..], kept, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(CallerKey.HashOf(key)), kept, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeysFile));
    }

    [Fact]
    public void Two_keys_are_never_the_same() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => CallerKey.Draw()).Distinct().Count());

    [Fact]
    public async Task Keys_are_listed_by_name_and_role_and_taken_away()
    {
        await _program.RunAsync("keys", "add", "films", "--role", "submit");
        await _program.RunAsync("keys", "add", "look.er-1", "--role", "read");
        Assert.Equal(0, await _program.RunAsync("keys", "list", "--json"));
        var keys = JsonDocument.Parse(_program.Out.ToString()).RootElement.GetProperty("keys").EnumerateArray().ToList();
        Assert.Equal(["films submit", "look.er-1 read"], keys.Select(key => $"{key.GetProperty("name")} {key.GetProperty("role")}"));
        Assert.DoesNotContain("sha", _program.Out.ToString(), StringComparison.OrdinalIgnoreCase);

        Assert.Equal(0, await _program.RunAsync("keys", "remove", "films"));
        Assert.Contains("let in no more", _program.Out.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await _program.RunAsync("keys", "remove", "look.er-1"));
        Assert.Contains("no key is left", _program.Out.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await _program.RunAsync("keys", "list"));
        Assert.Contains("has no keys", _program.Out.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys", "add", "films")]
    [InlineData("keys", "add", "films", "--role", "owner")]
    [InlineData("keys", "add", "two words", "--role", "read")]
    [InlineData("keys", "add", "", "--role", "read")]
    [InlineData("keys", "add", "../films", "--role", "read")]
    [InlineData("keys", "remove", "nobody")]
    [InlineData("keys")]
    public async Task What_makes_no_sense_is_refused(params string[] args)
    {
        Assert.NotEqual(0, await _program.RunAsync(args));
        Assert.NotEmpty(_program.Error.ToString());
        Assert.False(File.Exists(KeysFile));
    }

    [Fact]
    public async Task A_name_is_one_key_s()
    {
        await _program.RunAsync("keys", "add", "films", "--role", "submit");
        var kept = await File.ReadAllTextAsync(KeysFile);
        Assert.Equal(2, await _program.RunAsync("keys", "add", "films", "--role", "read"));
        Assert.Contains("There is a key called films already", _program.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(kept, await File.ReadAllTextAsync(KeysFile));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"keys":null}""")]
    [InlineData("""{"keys":[null]}""")]
    [InlineData("""{"keys":[{"name":"a","role":"admin","created_at":"2026-11-21T00:00:00Z","sha256":"00"}]}""")]
    [InlineData("""{"keys":[{"name":"a","role":"god","created_at":"2026-11-21T00:00:00Z","sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]}""")]
    public async Task A_file_that_is_none_of_ours_is_neither_read_nor_written_over(string content)
    {
        await _program.RunAsync("keys", "add", "films", "--role", "submit");
        await File.WriteAllTextAsync(KeysFile, content);
        foreach (var args in new[] { new[] { "keys", "list" }, ["keys", "add", "b", "--role", "read"], ["serve"] })
        {
            Assert.Equal(2, await _program.RunAsync(args));
            Assert.Contains("cannot be read", _program.Error.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(content, await File.ReadAllTextAsync(KeysFile));
    }
}
