using System.Text.Json;
using AtlasActors.Host.Logs;
using Microsoft.Extensions.Logging;
using Serilog.Events;
using Xunit;

namespace AtlasActors.Host.Tests.Logs;

public sealed class LogOutputSpecs : IDisposable
{
    private readonly StringWriter _error = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public void A_json_line_has_the_time_the_level_the_message_and_the_holes()
    {
        var (logger, _) = LogOutput.Create(_error, new LogSettings(LogEventLevel.Debug, LogFormat.Json));
        using (logger)
            logger.Warning(
                new InvalidOperationException("inner"), "Job {Job} of {@l} waits {Seconds} s", "a \"b\"\n", "x", 4.5);
        var line = _error.ToString();
        Assert.Equal(1, line.Count(c => c == '\n'));
        var entry = JsonSerializer.Deserialize<JsonElement>(line);
        Assert.Equal("Warning", entry.GetProperty("@l").GetString());
        Assert.Equal("Job {Job} of {@l} waits {Seconds} s", entry.GetProperty("@mt").GetString());
        Assert.Contains("inner", entry.GetProperty("@x").GetString(), StringComparison.Ordinal);
        Assert.Equal("a \"b\"\n", entry.GetProperty("Job").GetString());
        Assert.Equal(4.5, entry.GetProperty("Seconds").GetDouble());
        Assert.True(DateTimeOffset.TryParse(entry.GetProperty("@t").GetString(), out _));
    }

    [Fact]
    public void A_plain_line_has_no_trace_and_nothing_of_the_actor_systems_own_heading()
    {
        var (logger, _) = LogOutput.Create(_error, LogSettings.Default);
        using (var provider = new ActorLogProvider(logger, dispose: true))
            Tell(provider, "akka://atlas/user/a", "It broke\nCause: a trace");
        Assert.Matches(@"^\d\d:\d\d:\d\d ERR It broke\r?\n {9}inner\r?\n$", _error.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("(akka://atlas)")]
    [InlineData(" (akka://atlas)")]
    public void A_json_line_on_a_job_says_which_and_of_which_model_attempt_and_prediction(string system)
    {
        var (logger, _) = LogOutput.Create(_error, new LogSettings(LogEventLevel.Debug, LogFormat.Json));
        using (var provider = new ActorLogProvider(logger, dispose: true))
            Tell(provider, "batch-b1/job-3 of vendor/model v2, attempt 2, prediction p-17" + system, "It {0} broke");
        var entry = JsonSerializer.Deserialize<JsonElement>(_error.ToString());
        Assert.Equal("It {0} broke", entry.GetProperty("@m").GetString());
        Assert.Equal(("b1", 3, "vendor/model v2", 2, "p-17"), (
            entry.GetProperty("Batch").GetString(), entry.GetProperty("Job").GetInt32(), entry.GetProperty("Model").GetString(),
            entry.GetProperty("Attempt").GetInt32(), entry.GetProperty("Prediction").GetString()));
    }

    [Fact]
    public void A_json_line_of_another_of_its_actors_says_which_batch()
    {
        var (logger, _) = LogOutput.Create(_error, new LogSettings(LogEventLevel.Debug, LogFormat.Json));
        using (var provider = new ActorLogProvider(logger, dispose: true))
            Tell(provider, "akka://atlas/user/atlas/batch-b1/manifest#17", "broke");
        var entry = JsonSerializer.Deserialize<JsonElement>(_error.ToString());
        Assert.Equal("b1", entry.GetProperty("Batch").GetString());
        Assert.False(entry.TryGetProperty("Job", out _));
    }

    private static void Tell(ActorLogProvider provider, string source, string message)
    {
        var told = new Akka.Event.Error(new InvalidOperationException("inner\n   at somewhere"), source, typeof(string), message);
        provider.CreateLogger("actors").Log(LogLevel.Error, default, told, told.Cause, (_, _) => "unused");
    }

    [Fact]
    public void At_debug_a_plain_line_has_it_all()
    {
        var (logger, _) = LogOutput.Create(_error, new LogSettings(LogEventLevel.Debug, LogFormat.Text));
        using (logger)
            logger.Error(new InvalidOperationException("inner"), "It broke\nCause: a trace");
        Assert.Contains("Cause: a trace", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: inner", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_below_the_level_is_not_written()
    {
        var (logger, _) = LogOutput.Create(_error, LogSettings.Default);
        using (logger)
            logger.Information("nothing to see");
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void While_a_picture_is_drawn_lines_go_above_it()
    {
        var above = new List<string>();
        var (logger, output) = LogOutput.Create(_error, LogSettings.Default);
        using (logger)
        {
            output.Divert(above.Add);
            logger.Warning("during");
            output.Divert(null);
            logger.Warning("after");
        }
        Assert.EndsWith("during", Assert.Single(above), StringComparison.Ordinal);
        Assert.DoesNotContain("during", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("after", _error.ToString(), StringComparison.Ordinal);
    }
}
