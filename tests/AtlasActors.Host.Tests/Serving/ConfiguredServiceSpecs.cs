using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>A service that is started with a file of HOCON.</summary>
public sealed class ConfiguredServiceSpecs
{
    [Fact]
    public async Task Its_budgets_are_shown_and_refuse_what_would_pass_them_over_a_restart_too()
    {
        const string hocon = """
            atlas-actors.budgets = [ { name = films, label = "team:films", per = total, limit = 0.10 } ]
            """;
        await using var runs = await ServedRuns.StartAsync();
        var program = await runs.RehearseWithAsync(hocon);
        var begun = await runs.PostAsync(Pack("films", 2));
        Assert.True(begun.Status == 201, begun.Body.ToString());
        await runs.RestsAsync(begun.Body.GetProperty("batch").GetProperty("id").GetString()!, "succeeded", 2);
        Signals.Kill(program);
        await program.EndsAsync();

        await runs.RehearseWithAsync(hocon);
        var (status, problem) = await runs.PostAsync(Pack("films", 1));
        Assert.Equal(402, status);
        Assert.Contains(
            "The budget 'films' (USD 0.1000) does not reach for this batch, which is estimated to cost USD 0.0400: USD 0.0800 is spent",
            problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(201, (await runs.PostAsync(Pack("others", 1))).Status);

        var budget = Assert.Single((await runs.GetAsync("/v1/budgets")).GetProperty("budgets").EnumerateArray());
        Assert.Equal(
            ("films", "team:films", "total", 0.10m, 0.08m, 0.02m),
            (budget.GetProperty("name").GetString(), budget.GetProperty("label").GetString(), budget.GetProperty("per").GetString(),
                budget.GetProperty("limit").GetDecimal(), budget.GetProperty("spent").GetDecimal(), budget.GetProperty("left").GetDecimal()));
    }

    [Theory]
    [InlineData("atlas-actors { acount-limit = 5, budgets = [ { name = films, per = week, limit = 1 } ] }", "did you mean 'account-limit'")]
    [InlineData("atlas-actors { account-limit = 5", "service.conf is not in order")]
    [InlineData("akka.loglevel = DEBUG", "service.conf has neither a section 'atlas-actors' nor 'atlas-service'")]
    public async Task What_is_wrong_with_its_file_is_told_and_it_does_not_start(string hocon, string says)
    {
        await using var runs = new ProgramRuns();
        await File.WriteAllTextAsync(runs.File("service.conf"), hocon);
        var (code, _, error) = await runs.RunAsync(
            "serve", "out", "--simulate", "--listen", "http://127.0.0.1:0", "--config", "service.conf");
        Assert.True(code == 2, $"{code}: {error}");
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static string Pack(string team, int jobs) => $"labels: {{ team: {team} }}\njobs:\n" + string.Concat(Enumerable.Range(1, jobs).Select(
        job => $"  - {{ name: Picture {job}, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: p{job}, width: 64, height: 64 }}\n"));
}
