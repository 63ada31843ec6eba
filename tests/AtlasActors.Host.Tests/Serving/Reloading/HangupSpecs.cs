using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Serving.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Reloading;

/// <summary>The real program and a real SIGHUP.</summary>
public sealed class HangupSpecs
{
    private const string Picture =
        "jobs:\n  - { name: Picture, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: p, width: 64, height: 64 }\n";

    [Fact]
    public async Task A_budget_that_is_raised_in_the_file_lets_batches_in_and_a_broken_file_changes_nothing()
    {
        await using var runs = await ServedRuns.StartAsync();
        var program = await runs.RehearseWithAsync(Budget("0.01"));
        Assert.Equal(402, (await runs.PostAsync(Picture)).Status);

        await runs.ConfigureAsync("atlas-actors { budgets = [");
        Signals.Hangup(program);
        await program.ComplainsAsync("service.conf is not in order");
        Assert.Equal(402, (await runs.PostAsync(Picture)).Status);

        await runs.ConfigureAsync(Budget("5") + "\natlas-actors.account-limit = 3");
        Signals.Hangup(program);
        await program.SeesAsync("The configuration was read again: atlas-actors.account-limit from 1000 to 3, atlas-actors.budgets.");
        var (status, body) = await runs.PostAsync(Picture);
        Assert.True(status == 201, body.ToString());
        await runs.RestsAsync(body.GetProperty("batch").GetProperty("id").GetString()!, "succeeded", 1);

        Signals.Terminate(program);
        Assert.Equal(0, await program.EndsAsync());
    }

    private static string Budget(string limit) =>
        $"atlas-actors.budgets = [ {{ name = all, per = total, limit = {limit} }} ]";
}
