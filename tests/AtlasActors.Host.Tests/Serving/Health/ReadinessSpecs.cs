using System.Text.Json;
using AtlasActors.Atlas;
using AtlasActors.Host.Tests.Serving.Support;
using Microsoft.Data.Sqlite;
using Xunit;
using ManualClock = AtlasActors.Host.Tests.Simulator.Support.ManualClock;

namespace AtlasActors.Host.Tests.Serving.Health;

/// <summary>Whether the service can work is looked at, and told without a path or a secret.</summary>
public sealed class ReadinessSpecs : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private readonly ServedBatches _served;

    public ReadinessSpecs() => _served = new ServedBatches { Clock = _clock };

    public Task InitializeAsync() => _served.StartAsync("--rate", "100000", "--log-level", "info");

    public async Task DisposeAsync() => await _served.DisposeAsync();

    private string Out => Path.Combine(_served.Folder, "out");

    private string Journal => Path.Combine(Out, ".atlas-actors", "service.db");

    [Fact]
    public async Task A_service_that_has_all_that_it_needs_is_ready()
    {
        Assert.Equal("service ok, journal ok, folder ok, api ok", await LookAsync(200));
        Assert.Equal([".atlas-actors"], Directory.EnumerateFileSystemEntries(Out).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_is_found()
    {
        Assert.Equal("service ok, journal ok, folder ok, api ok", await LookAsync(200));
        await File.WriteAllTextAsync(Journal, "This is no database, and long enough for SQLite to see it is none of its files. " + new string('x', 1000));
        // For a few seconds it counts what was found.
        Assert.Equal("service ok, journal ok, folder ok, api ok", await LookAsync(200));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("service ok, journal failed, folder ok, api ok", await LookAsync(503));
        Assert.Contains("Not ready: \"journal\"", _served.Errors, StringComparison.Ordinal);

        File.Delete(Journal);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("service ok, journal failed, folder ok, api ok", await LookAsync(503));
        await File.WriteAllTextAsync(Journal, "");
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("service ok, journal ok, folder ok, api ok", await LookAsync(200));
        Assert.Contains("Ready again: \"journal\"", _served.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_at_the_journal_writes_and_leaves_it_as_it_was()
    {
        using (var file = new SqliteConnection($"Data Source={Journal};Pooling=False"))
        {
            file.Open();
            using var set = file.CreateCommand();
            set.CommandText = "PRAGMA user_version = 7; CREATE TABLE journal (ordering INTEGER)";
            set.ExecuteNonQuery();
        }
        var before = File.GetLastWriteTimeUtc(Journal).AddSeconds(-10);
        File.SetLastWriteTimeUtc(Journal, before);

        await LookAsync(200);

        Assert.True(File.GetLastWriteTimeUtc(Journal) > before, "Nothing was written.");
        using var after = new SqliteConnection($"Data Source={Journal};Pooling=False");
        after.Open();
        using var get = after.CreateCommand();
        get.CommandText = "SELECT (SELECT user_version FROM pragma_user_version) || ' ' || (SELECT count(*) FROM journal)";
        Assert.Equal("7 0", get.ExecuteScalar());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_found()
    {
        // In its place lies a file: that stops root, too.
        Directory.Move(Out, Out + "-elsewhere");
        await File.WriteAllTextAsync(Out, "");
        try
        {
            Assert.Equal("service ok, journal failed, folder failed, api ok", await LookAsync(503));
        }
        finally
        {
            File.Delete(Out);
            Directory.Move(Out + "-elsewhere", Out);
        }
    }

    [Fact]
    public async Task The_API_is_asked_once_a_minute_while_it_answers()
    {
        await LookAsync(200);
        _clock.Advance(TimeSpan.FromSeconds(59));
        await LookAsync(200);
        Assert.Equal(1, _served.Account.Asked);

        _served.Account.Answer = _ => Task.FromResult<FreeAnswer<Balance>>(
            new FreeAnswer<Balance>.Unanswered(new AtlasFailure("nobody is there"), null));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("service ok, journal ok, folder ok, api failed", await LookAsync(503));
        Assert.Contains("Not ready: \"api\": \"nobody is there", _served.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_that_refuses_the_key_is_as_good_as_none_and_one_that_refuses_the_question_is_there()
    {
        _served.Account.Answer = _ => Task.FromResult<FreeAnswer<Balance>>(
            new FreeAnswer<Balance>.KeyRefused(new AtlasFailure("the key is not known")));
        Assert.Equal("service ok, journal ok, folder ok, api failed", await LookAsync(503));
        _served.Account.Answer = _ => Task.FromResult<FreeAnswer<Balance>>(
            new FreeAnswer<Balance>.Refused(new AtlasFailure("there is no such path")));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("service ok, journal ok, folder ok, api ok", await LookAsync(200));
    }

    [Fact]
    public async Task An_API_that_says_nothing_is_not_waited_for()
    {
        var never = new TaskCompletionSource<FreeAnswer<Balance>>();
        _served.Account.Answer = _ => never.Task;
        var looking = LookAsync(503);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (; !looking.IsCompleted; await ticks.WaitForNextTickAsync())
            _clock.Advance(TimeSpan.FromSeconds(5));

        // The others may have been late, too, by a clock that runs so fast.
        Assert.EndsWith("api failed", await looking, StringComparison.Ordinal);
        Assert.Contains("Not ready: \"api\": \"no answer within 5 seconds\"", _served.Errors, StringComparison.Ordinal);
        never.SetCanceled();
    }

    [Fact]
    public async Task Who_has_no_key_learns_no_path_and_no_secret()
    {
        await _served.AddKeyAsync("someone", "admin");
        File.Delete(Journal);
        var (status, body, _) = await _served.SendAsync("GET", "/healthz/ready");

        Assert.Equal(503, status);
        Assert.Contains("The service is not ready: journal. Its log says why.", body, StringComparison.Ordinal);
        foreach (var secret in new[] { _served.Folder, "service.db", "apikey", "someone" })
            Assert.DoesNotContain(secret, body, StringComparison.Ordinal);
    }

    private async Task<string> LookAsync(int status)
    {
        var answer = await _served.SendAsync("GET", "/healthz/ready");
        Assert.True(answer.Status == status, answer.Body);
        return string.Join(", ", JsonDocument.Parse(answer.Body).RootElement.GetProperty("checks").EnumerateArray()
            .Select(check => $"{check.GetProperty("name")} {check.GetProperty("status")}"));
    }
}
