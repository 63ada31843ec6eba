using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>All that a service is told is checked as a whole, before anything is begun.</summary>
public sealed class ServiceConfigurationSpecs
{
    [Fact]
    public async Task Faults_of_flags_variables_both_sections_and_the_environment_are_told_in_one_message_and_nothing_is_begun()
    {
        using var program = new ScriptedProgram();
        program.With("ATLASCLOUD_API_KEY", null).With("ATLASCLOUD_BASE_URL", "nowhere").With("ATLAS_POLL_TIMEOUT", "soon")
            .With("ATLAS_WEBHOOK_SECRET", "weak").With("ATLAS_SERVICE_STOP_WITHIN", "a while")
            .WithFile("service.conf", """
                atlas-actors { acount-limit = 5, poll-timeout = 0s }
                atlas-service { submit-rate = none, listen = "http://0.0.0.0:8080" }
                """);

        Assert.Equal(2, await program.RunAsync("serve", "out", "--config", "service.conf", "--max-jobs", "0", "--webhook", "ftp://x"));

        Assert.Empty(program.Text);
        Assert.Equal(
            """
            The service is not configured well enough to start:
            - atlas-service.submit-rate is 'none': give a number from 0.001 to 1000000.
            - --max-jobs is '0': give a whole number from 1 to 1000000.
            - ATLAS_SERVICE_STOP_WITHIN is 'a while': give a duration such as 500ms, 30s, 2 minutes or 14 days.
            - ATLASCLOUD_BASE_URL is 'nowhere', and must be an address such as https://api.atlascloud.ai/api/v1.
            - No API key: set ATLASCLOUD_API_KEY in the environment or in .env (ATLAS_CLOUD_API_KEY and ATLAS_API_KEY are read too), or try it without one by --simulate.
            - ATLAS_POLL_TIMEOUT is 'soon': give seconds, from 0.01 to 86400.
            - atlas-service.listen is 'http://0.0.0.0:8080', and out has no keys for callers: whoever reaches the service could spend the account's money. Make one by 'atlas-actors keys add NAME --role submit --dir out', or listen on http://127.0.0.1:8080. To let Atlas Cloud call back, have a reverse proxy forward /hooks/, and nothing else, to it.
            - --webhook wants an address such as https://example.org/hooks.
            - ATLAS_WEBHOOK_SECRET is no secret: give 'whsec_' and 24 to 64 bytes of chance in base64.
            - atlas-actors.acount-limit is no key of AtlasActors: did you mean 'account-limit'?
            - atlas-actors.poll-timeout is '0s': give a duration such as 500ms, 30s or 2 minutes.
            """, program.Errors.TrimEnd(), ignoreLineEndingDifferences: true);
        Assert.Empty(program.Batches.Opened);
        Assert.False(Directory.Exists(Path.Combine(program.Folder.Path, "out")));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_one_fault_among_the_others()
    {
        using var program = new ScriptedProgram();

        Assert.Equal(2, await program.With("ATLASCLOUD_API_KEY", null).RunAsync("serve", "out", "--config", "none.conf"));

        Assert.Contains("- none.conf cannot be read", program.Errors, StringComparison.Ordinal);
        Assert.Contains("- No API key", program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_names_the_file_and_wins_over_it_and_a_flag_wins_over_both()
    {
        await using var served = new ServedBatches();
        await File.WriteAllTextAsync(
            Path.Combine(served.Folder, "service.conf"),
            "atlas-service { listen = \"nonsense\", public-url = \"https://file.example.org\", max-jobs = 1 }");
        served.Variables["ATLAS_SERVICE_CONFIG"] = "service.conf";
        served.Variables["ATLAS_SERVICE_LISTEN"] = "nonsense";
        served.Variables["ATLAS_SERVICE_PUBLIC_URL"] = "https://variable.example.org";
        await served.StartAsync("--listen", "http://127.0.0.1:0");

        Assert.Equal("https://variable.example.org/", Assert.Single(served.Batches.Opened).PublicUrl!.ToString());
        Assert.Contains("1 are taken in one batch", (await served.SendAsync("POST", "/v1/batches", Files.Pack)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_says_what_is_in_force_and_starts_nothing()
    {
        using var program = new ScriptedProgram();
        program.With("ATLAS_SERVICE_STOP_WITHIN", "30s").WithFile("service.conf", """
            atlas-actors { account-limit = 7, api-key = "apikey-in-a-file", budgets = [ { name = all, per = day, limit = 5 } ] }
            atlas-service { webhook = "https://hooks.example.org/in?token=hidden", prices = [ { model = m, price = 1 } ] }
            """);

        Assert.Equal(0, await program.RunAsync("serve", "out", "--check", "--config", "service.conf", "--rate", "5"));

        Assert.Empty(program.Errors);
        foreach (var line in new[]
        {
            "The configuration is in order. Batches in out, made by https://api.atlascloud.ai/api/v1.",
            "  rate = 5  # --rate", "  stop-within = 30s  # ATLAS_SERVICE_STOP_WITHIN", "  webhook = https://hooks.example.org/in  # file",
            "  max-jobs = 100000  # default", "  account-limit = 7", "  api-key = (secret)",
        })
            Assert.Contains(line, program.Text.ReplaceLineEndings("\n").Split('\n'));
        Assert.DoesNotContain("hidden", program.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("apikey", program.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("model-limit ", program.Text, StringComparison.Ordinal);
        Assert.Empty(program.Batches.Opened);
        Assert.False(Directory.Exists(Path.Combine(program.Folder.Path, "out")));
    }
}
