using System.Text.Json;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Commands;

public sealed class CommandLineSpecs : IDisposable
{
    private readonly ScriptedProgram _program = new ScriptedProgram().WithFile("pack.yaml", Files.Pack);

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("run")]
    [InlineData("bogus")]
    [InlineData("run", "pack.yaml", "--max-cost", "0,5")]
    [InlineData("run", "pack.yaml", "--max-cost", "-1")]
    [InlineData("run", "pack.yaml", "--max-workers", "0")]
    [InlineData("run", "pack.yaml", "--max-workers", "three")]
    [InlineData("run", "pack.yaml", "--max-workers", "99999999999")]
    [InlineData("simulate", "--port", "eighty")]
    [InlineData("run", "pack.yaml", "--speed", "fast")]
    [InlineData("run", "pack.yaml", "--log-level", "loud")]
    [InlineData("simulate", "--port", "70000")]
    [InlineData("simulate", "--lost", "1.5")]
    public async Task A_command_line_that_is_not_in_order_exits_with_2(params string[] args)
    {
        Assert.Equal(2, await _program.RunAsync(args));
        Assert.NotEmpty(_program.Errors);
        Assert.Empty(_program.Batches.Opened);
    }

    [Fact]
    public async Task A_mistyped_option_is_told_with_the_one_that_was_meant()
    {
        Assert.Equal(2, await _program.RunAsync("run", "pack.yaml", "--simulat"));
        Assert.Contains("--simulate", _program.Text + _program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_it_is_told_in_json()
    {
        Assert.Equal(2, await _program.RunAsync("run", "--json"));
        var error = JsonSerializer.Deserialize<JsonElement>(_program.Text).GetProperty("error");
        Assert.Equal(2, error.GetProperty("exit_code").GetInt32());
        Assert.Contains("FILE", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "run samples/weekly-pack.yaml --simulate")]
    [InlineData("run --help", "--max-cost 5")]
    [InlineData("simulate --help", "--rate-429 0.25")]
    public async Task Help_comes_with_examples(string args, string example)
    {
        Assert.Equal(0, await _program.RunAsync(args.Split(' ')));
        Assert.Contains("Examples:", _program.Text, StringComparison.Ordinal);
        Assert.Contains(example, _program.Text, StringComparison.Ordinal);
        Assert.Empty(_program.Batches.Opened);
    }

    [Fact]
    public async Task Validate_says_that_a_file_is_in_order()
    {
        Assert.Equal(0, await _program.RunAsync("validate", "pack.yaml"));
        Assert.Equal("pack.yaml is in order: 2 jobs (1 image, 1 video)", _program.Text.Trim());
    }

    [Fact]
    public async Task Validate_counts_what_is_skipped_and_warns_of_it_by_its_line()
    {
        _program.WithFile("pack.yaml", Files.PackWithAudio);
        Assert.Equal(0, await _program.RunAsync("validate", "pack.yaml"));
        Assert.Contains("1 job of an unknown type skipped", _program.Text, StringComparison.Ordinal);
        Assert.StartsWith("warning: pack.yaml:", _program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_as_json_is_one_document()
    {
        _program.WithFile("pack.yaml", Files.PackWithAudio);
        Assert.Equal(0, await _program.RunAsync("validate", "pack.yaml", "--json"));
        var document = JsonSerializer.Deserialize<JsonElement>(_program.Text);
        Assert.True(document.GetProperty("valid").GetBoolean());
        Assert.Equal(1, document.GetProperty("warnings").GetArrayLength());
        Assert.Empty(_program.Errors);
    }

    [Theory]
    [InlineData("validate", "pack.yaml")]
    [InlineData("estimate", "pack.yaml")]
    [InlineData("run", "pack.yaml")]
    public async Task Strict_takes_a_warning_for_a_fault(params string[] args)
    {
        _program.WithFile("pack.yaml", Files.Pack + "\n    resolution: 1080p");
        Assert.Equal(2, await _program.RunAsync([.. args, "--strict"]));
        Assert.StartsWith("pack.yaml:12:17: jobs[2].resolution: ", _program.Errors, StringComparison.Ordinal);
        Assert.EndsWith(
            "1 warning, and --strict takes them for faults; nothing was sent.", _program.Errors.TrimEnd(),
            StringComparison.Ordinal);
        Assert.Empty(_program.Batches.Opened);
    }

    [Fact]
    public async Task Strict_has_nothing_against_a_file_without_warnings() =>
        Assert.Equal(0, await _program.RunAsync("validate", "pack.yaml", "--strict"));

    [Fact]
    public async Task Validate_tells_every_warning_and_estimate_the_first_ten()
    {
        var jobs = Enumerable.Range(1, 12).Select(i =>
            $"  - {{name: n{i}, type: video, model: seedance-v1.5-pro/text-to-video, prompt: p, duration: 15}}");
        _program.WithFile("many.yaml", "jobs:\n" + string.Join('\n', jobs));

        Assert.Equal(0, await _program.RunAsync("validate", "many.yaml"));
        Assert.Equal(12, _program.Errors.Split("warning: many.yaml:").Length - 1);
        Assert.Equal(0, await _program.RunAsync("estimate", "many.yaml"));
        Assert.Equal(10, _program.Errors.Split("warning: many.yaml:").Length - 1);
        Assert.Contains(
            "and 2 more; 'atlas-actors validate many.yaml' tells them all", _program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_video_that_the_model_does_not_make_is_told_before_anything_is_sent()
    {
        _program.WithFile(
            "veo.yaml", "jobs: [{name: n, type: video, model: google/veo3.1/text-to-video, prompt: p, duration: 10}]");
        Assert.Equal(2, await _program.RunAsync("run", "veo.yaml"));
        Assert.Contains(
            "veo.yaml:1:88: jobs[1].duration: google/veo3.1/text-to-video takes 4, 6 or 8 seconds, found 10; "
                + "did you mean 8?",
            _program.Errors, StringComparison.Ordinal);
        Assert.Empty(_program.Batches.Opened);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_in_one_sentence()
    {
        Assert.Equal(2, await _program.RunAsync("validate", "gone.yaml"));
        Assert.Equal("gone.yaml: there is no such file", _program.Errors.Trim());
    }

    [Theory]
    [InlineData("weekly-pack.yaml", "USD 0.95 for 15 jobs")]
    [InlineData("catalogue.yaml", "USD 20.00 for 500 jobs")]
    public async Task Estimate_prints_what_the_samples_cost(string sample, string sentence)
    {
        Assert.Equal(0, await _program.RunAsync("estimate", Samples.Path(sample)));
        Assert.Contains(sentence, _program.Text, StringComparison.Ordinal);
        Assert.Matches("about [0-9].* at once", _program.Text);
    }

    [Fact]
    public async Task Estimate_marks_what_it_assumes_and_lists_what_is_skipped()
    {
        _program.WithFile(
            "pack.yaml",
            Files.PackWithAudio.Replace("black-forest-labs/flux-2-pro", "who/knows", StringComparison.Ordinal));
        Assert.Equal(0, await _program.RunAsync("estimate", "pack.yaml"));
        Assert.Contains("assumed: no price is known", _program.Text, StringComparison.Ordinal);
        Assert.Contains("[SKIP] Jingle", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Estimate_says_when_a_price_was_seen_that_nobody_set()
    {
        _program.WithFile("pack.yaml", """
            jobs:
              - {name: a, type: audio, model: suno/chirp-v5, prompt: p}
              - {name: b, type: video, model: google/veo3.1-fast/text-to-video, prompt: p}
              - {name: c, type: video, model: google/veo3.1/text-to-video, prompt: p}
            """);
        Assert.Equal(0, await _program.RunAsync("estimate", "pack.yaml"));
        Assert.Matches("suno/chirp-v5 +1  0.1300 a sound +0.1300  seen in 2026-10, may differ", _program.Text);
        Assert.Matches("veo3.1-fast/text-to-video .* seen on 2026-09-29, may differ", _program.Text);
        Assert.DoesNotMatch("veo3.1/text-to-video .* seen", _program.Text);
    }

    [Fact]
    public async Task Validate_counts_each_kind_that_is_there()
    {
        _program.WithFile("pack.yaml", """
            jobs:
              - {name: a, type: audio, model: a/b, prompt: p}
              - {name: b, type: 3d, model: a/c, prompt: p}
              - {name: c, type: 3d, model: a/c, prompt: p}
            """);
        Assert.Equal(0, await _program.RunAsync("validate", "pack.yaml"));
        Assert.Contains("3 jobs (0 images, 0 videos, 1 sound, 2 3D models)", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Estimate_as_json_has_numbers()
    {
        Assert.Equal(0, await _program.RunAsync("estimate", "pack.yaml", "--json"));
        var document = JsonSerializer.Deserialize<JsonElement>(_program.Text);
        Assert.Equal(0.15m, document.GetProperty("total").GetDecimal());
        Assert.Equal(2, document.GetProperty("by_model").GetArrayLength());
    }

    [Fact]
    public async Task A_port_in_use_is_a_sentence()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        Assert.Equal(1, await _program.RunAsync("simulate", "--port", $"{port}"));
        Assert.Contains($"Port {port}", _program.Errors, StringComparison.Ordinal);
    }
}
