using AtlasActors.Costs;
using AtlasActors.Hosting;
using Xunit;

namespace AtlasActors.Tests.Hosting;

/// <summary>HOCON that is read and checked without a start.</summary>
public class AtlasHoconSpecs
{
    private static readonly AtlasActorsOptions Options = new() { OutputDir = "out", ApiKey = "key" };

    [Fact]
    public void What_it_says_is_what_a_start_would_go_by()
    {
        var (read, faults) = Read("""
            atlas-actors { account-limit = 7, model-limits = [ { model = a, limit = 2 } ], journal.file = "x.db"
              budgets = [ { name = all, per = day, limit = 5 } ], submit-patience = 2m }
            """);

        Assert.Empty(faults);
        Assert.Equal((7, 2, 7), (read.Limits.Account, read.Limits.Of("a"), read.Limits.Of("b")));
        Assert.Equal([new Budget("all", null, BudgetPeriod.Day, new Usd(5))], read.Budgets);
        Assert.Equal(TimeSpan.FromMinutes(2), read.SubmitPatience);
        Assert.Equal(("7", "x.db", "1m"), (read.Keys["account-limit"], read.Keys["journal.file"], read.Keys["priority-age"]));
    }

    [Fact]
    public void Two_that_say_the_same_have_the_same_keys()
    {
        Assert.Equal(Read("").Read.Keys, Read("atlas-actors.account-limit = 1000 # as usual").Read.Keys);
        Assert.NotEqual(Read("").Read.Keys["budgets"], Read("atlas-actors.budgets = [ { name = a, per = day, limit = 1 } ]").Read.Keys["budgets"]);
    }

    [Fact]
    public void All_faults_are_added_in_the_words_of_a_start()
    {
        var (_, faults) = Read("atlas-actors { acount-limit = 3, poll-timeout = soon }");

        Assert.Equal(
        [
            "atlas-actors.acount-limit is no key of AtlasActors: did you mean 'account-limit'?",
            "atlas-actors.poll-timeout is 'soon': give a duration such as 500ms, 30s or 2 minutes.",
        ], faults);
    }

    [Fact]
    public void No_secret_is_among_its_keys()
    {
        var (read, _) = Read("""atlas-actors { api-key = hidden, journal { connection-string = "Password=hidden", provider-name = "SQLite.MS" } }""");

        Assert.All(read.Keys.Values, text => Assert.DoesNotContain("hidden", text, StringComparison.Ordinal));
    }

    private static (AtlasHocon Read, List<string> Faults) Read(string hocon)
    {
        var faults = new List<string>();
        return (AtlasHocon.Read(Options with { Hocon = hocon }, faults), faults);
    }
}
