using Akka.Configuration;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using Xunit;

namespace AtlasActors.Tests.Hosting;

/// <summary>What is told to whoever configures it, before anything is started.</summary>
public class AtlasConfigurationSpecs
{
    private static readonly AtlasActorsOptions Options = new() { OutputDir = "out", ApiKey = "key" };

    [Fact]
    public void HOCON_alone_is_enough()
    {
        var read = Read("""
            atlas-actors { output-dir = "pictures", base-url = "http://localhost:1/api/v1", api-key = "k1", continue-unfinished = off, account-limit = 7 }
            """);

        Assert.Equal(("pictures", "http://localhost:1/api/v1", "k1", false),
            (read.Options.OutputDir, read.Options.BaseUrl.ToString(), read.Options.ApiKey, read.Options.ContinueUnfinished));
        Assert.Equal((7, 20), (read.Settings.Gate.Account, read.Settings.RefusalLimit));
        Assert.Equal(new JournalPlugins("atlas-actors.journal", "atlas-actors.snapshot-store"), read.Settings.Plugins);
        Assert.Equal(Path.GetFullPath("pictures/.atlas-actors/journal.db"), read.Journal!.File);
    }

    [Theory]
    [InlineData("ATLASCLOUD_API_KEY")]
    [InlineData("ATLAS_CLOUD_API_KEY")]
    [InlineData("ATLAS_API_KEY")]
    public void What_HOCON_leaves_open_the_environment_says(string keyVariable)
    {
        var read = Read("atlas-actors.output-dir = out", (keyVariable, " k2 "), ("ATLASCLOUD_BASE_URL", "http://localhost:2/v"));

        Assert.Equal(("k2", "http://localhost:2/v"), (read.Options.ApiKey, read.Options.BaseUrl.ToString()));
        Assert.Equal("https://api.atlascloud.ai/api/v1", Read("atlas-actors { output-dir = out, api-key = k }").Options.BaseUrl.ToString());
    }

    [Fact]
    public void Options_in_code_win_over_HOCON_and_its_numbers_still_count()
    {
        var read = Read("atlas-actors { output-dir = other, account-limit = 7, journal.file = \"other.db\" }", Options with { JournalFile = "mine.db" });

        Assert.Equal(("out", 7, Path.GetFullPath("mine.db")), (read.Options.OutputDir, read.Settings.Gate.Account, read.Journal!.File));
        Assert.Equal(Path.GetFullPath("other.db"), Read("atlas-actors.journal.file = \"other.db\"", Options).Journal!.File);
    }

    [Fact]
    public void Limits_of_single_models_stand_in_a_list()
    {
        var gate = Read("""
            atlas-actors { model-limit = 9, priority-age = 10s, model-limits = [
              { model = "google/veo3.1/text-to-video", limit = 2 }
              { model = "vendor/model", limit = 2000 }
            ] }
            """, Options).Settings.Gate;

        Assert.Equal((2, 1000, 9), (gate.Of("google/veo3.1/text-to-video"), gate.Of("vendor/model"), gate.Of("another")));
        Assert.Equal(TimeSpan.FromSeconds(10), gate.Age);
    }

    [Theory]
    [InlineData("model-limits = 5", "atlas-actors.model-limits is a list: write [{ model = \"...\", limit = 5 }].")]
    [InlineData("model-limits = [ 5 ]", "atlas-actors.model-limits[1] has two keys, 'model' and 'limit', a whole number from 1.")]
    [InlineData("model-limits = [ { model = a, limit = 0 } ]", "atlas-actors.model-limits[1] has two keys")]
    [InlineData("model-limits = [ { model = a, limit = 1, per = day } ]", "atlas-actors.model-limits[1] has two keys")]
    [InlineData("model-limits = [ { model = a, limit = 1 }, { model = a, limit = 2 } ]", "atlas-actors.model-limits[2] names 'a' a second time.")]
    public void A_list_of_limits_that_makes_no_sense_is_refused_with_its_place(string written, string told) =>
        Assert.Contains(told, Refused($"atlas-actors {{ output-dir = out, api-key = k, {written} }}"), StringComparison.Ordinal);

    [Fact]
    public void Budgets_are_a_list_and_options_in_code_win_over_it()
    {
        const string hocon = """
            atlas-actors {
              output-dir = out, api-key = k
              budgets = [
                { name = everything, per = month, limit = 2000 }
                { name = films-daily, label = "team:films", per = day, limit = 50.00 }
              ]
            }
            """;
        Assert.Equal(
            [new Budget("everything", null, BudgetPeriod.Month, new Usd(2000)), new Budget("films-daily", "team:films", BudgetPeriod.Day, new Usd(50))],
            Read(hocon).Settings.Budgets);
        var own = new Budget("own", null, BudgetPeriod.Total, Usd.Zero);
        Assert.Equal([own], Read(hocon, Options with { Budgets = [own] }).Settings.Budgets);
        Assert.Equal(2, Read(hocon, Options).Settings.Budgets.Count);
        Assert.Empty(Read("atlas-actors { output-dir = out, api-key = k }").Settings.Budgets);
    }

    [Fact]
    public void All_that_is_wrong_with_budgets_is_told_at_once()
    {
        var told = Refused("""
            atlas-actors {
              output-dir = out, api-key = k
              budgets = [
                { name = all, per = week, limit = lots }
                { name = all, lable = "team:films", per = day, limit = -1 }
                { label = films, per = day, limit = [1] }
                50.00
              ]
            }
            """);

        Assert.Equal("""
            AtlasActors is not configured well enough to start:
            - atlas-actors.budgets[1].per is 'week': give day, month or total.
            - atlas-actors.budgets[1].limit is 'lots': give US dollars such as 50.00.
            - atlas-actors.budgets[2].lable is nothing of a budget: did you mean 'label'?
            - atlas-actors.budgets[3].name is missing: a budget is { name = films-daily, label = "team:films", per = day, limit = 50.00 }.
            - atlas-actors.budgets[3].limit is a text: give one value, without braces or brackets.
            - atlas-actors.budgets[4] is no budget: write it between braces, { name = films-daily, label = "team:films", per = day, limit = 50.00 }.
            - atlas-actors.budgets[2].name is 'all', as of another budget: give each a name of its own.
            - atlas-actors.budgets[2].limit is -1: give US dollars from 0 to 10000000, such as 50.00.
            - atlas-actors.budgets[3].label is 'films': give a label's name and text, such as team:films, or leave it out for all batches.
            """, told);
        Assert.Contains("atlas-actors.budgets is a list", Refused("atlas-actors { output-dir = out, api-key = k, budgets = 50 }"), StringComparison.Ordinal);
        var bad = new Budget("All", null, BudgetPeriod.Total, Usd.Zero);
        Assert.Contains(
            "AtlasActorsOptions.Budgets[1].name is 'All'",
            Assert.Throws<ConfigurationException>(() => Read("", Options with { Budgets = [bad] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_each_with_its_path_and_what_to_do()
    {
        var told = Refused("""
            atlas-actors {
              base-url = "localhost", api-key = "my secret", acount-limit = 3, refusal-limit = none, fresh-grace = soon
              ack-timeout = 0s, continue-unfinished = maybe, download-tries = [1], journal-plugin-id = "my.journal"
            }
            """);

        Assert.Equal("""
            AtlasActors is not configured well enough to start:
            - atlas-actors.acount-limit is no key of AtlasActors: did you mean 'account-limit'?
            - atlas-actors.output-dir is missing: name the folder for the results, such as output-dir = "pictures".
            - atlas-actors.base-url is 'localhost': give an http or https address such as https://api.atlascloud.ai/api/v1.
            - atlas-actors.api-key holds spaces or other characters that no key has, there or in the environment: copy it again.
            - atlas-actors.continue-unfinished is 'maybe': give on or off.
            - atlas-actors.refusal-limit is 'none': give a whole number from 1.
            - atlas-actors.fresh-grace is 'soon': give a duration such as 500ms, 30s or 2 minutes.
            - atlas-actors.download-tries is a text: give one value, without braces or brackets.
            - atlas-actors.ack-timeout is '0s': give a duration such as 500ms, 30s or 2 minutes.
            - atlas-actors.journal-plugin-id is 'my.journal', and there is no such section: give the path of a plugin, or nothing for the system's default.
            """, told, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_key_that_is_nowhere_is_told_with_all_places_where_it_could_be() => Assert.Contains(
        "- atlas-actors.api-key is missing: set it there, or ATLASCLOUD_API_KEY in the environment (ATLAS_CLOUD_API_KEY and ATLAS_API_KEY are read too).",
        Refused("atlas-actors.output-dir = out"), StringComparison.Ordinal);

    [Fact]
    public void A_section_that_is_none_is_told_as_such() =>
        Assert.Contains("atlas-actors is a section", Refused("atlas-actors = 3"), StringComparison.Ordinal);

    [Fact]
    public void Options_that_make_no_sense_are_told_at_once_without_the_key()
    {
        var told = Refused("", new AtlasActorsOptions { OutputDir = " ", BaseUrl = new Uri("images", UriKind.Relative), ApiKey = "se cret", Haste = 0 });

        Assert.All([".OutputDir is empty", ".BaseUrl is 'images'", ".ApiKey is empty or holds", ".Haste is 0"],
            fault => Assert.Contains($"- AtlasActorsOptions{fault}", told, StringComparison.Ordinal));
        Assert.DoesNotContain("cret", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_public_address_is_read_and_one_that_Atlas_cannot_reach_is_refused()
    {
        var read = Read("atlas-actors { public-url = \"https://media.example.org\", folder-per-batch = on, output-dir = out, api-key = k, webhook-poll = 2m }");
        Assert.Equal(("https://media.example.org/", true), (read.Options.PublicUrl!.ToString(), read.Options.FolderPerBatch));
        Assert.Equal(TimeSpan.FromMinutes(2), read.Settings.WebhookPoll);
        Assert.Null(Read("atlas-actors { output-dir = out, api-key = k }").Options.PublicUrl);

        const string here = "http://127.0.0.1:8080";
        Assert.Contains("- atlas-actors.public-url is 'http", Refused($"atlas-actors.public-url = \"{here}\""), StringComparison.Ordinal);
        Assert.Contains("- atlas-actors.public-url is 'media'", Refused("atlas-actors.public-url = media"), StringComparison.Ordinal);
        Assert.Contains("- AtlasActorsOptions.PublicUrl is 'http", Refused("", Options with { PublicUrl = new Uri(here) }), StringComparison.Ordinal);
        Assert.NotNull(Read("", Options with { PublicUrl = new Uri(here), BaseUrl = new Uri("http://localhost:1/api/v1") }).Options.PublicUrl);
    }

    [Fact]
    public void Time_outs_are_read_and_a_stop_waits_longer_than_any_submission()
    {
        var usual = Read("atlas-actors { output-dir = out, api-key = k }").Settings;
        Assert.Equal(CallTimeouts.Usual, usual.Timeouts);
        Assert.Equal(TimeSpan.FromSeconds(90), usual.SubmitPatience);

        var slow = Read("atlas-actors { output-dir = out, api-key = k, submit-timeout = 4m, poll-timeout = 5s, download-timeout = 1m }").Settings;
        Assert.Equal(new CallTimeouts(TimeSpan.FromMinutes(4), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)), slow.Timeouts);
        Assert.Equal(TimeSpan.FromMinutes(6), slow.SubmitPatience);

        var given = Read("atlas-actors.poll-timeout = 5s", Options with { SubmitTimeout = TimeSpan.FromMinutes(2) }).Settings;
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5)), (given.Timeouts.Submit, given.Timeouts.Poll));
        Assert.Contains("- atlas-actors.poll-timeout is 1.01:00:00: give", Refused("atlas-actors.poll-timeout = 25h"), StringComparison.Ordinal);
        Assert.Contains("- AtlasActorsOptions.PollTimeout is 00:00:00: give", Refused("", Options with { PollTimeout = TimeSpan.Zero }), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_database_is_named_by_connection_string_and_provider()
    {
        const string journal = "atlas-actors.journal { connection-string = \"Host=db;Password=s3cret\", provider-name = \"PostgreSQL.15\" }";
        var config = Read(journal, Options).Journal!.ToConfig();

        Assert.Equal("PostgreSQL.15", config.GetString("atlas-actors.snapshot-store.provider-name"));
        Assert.Equal("Host=db;Password=s3cret", config.GetString("atlas-actors.snapshot-store.connection-string"));
        Assert.DoesNotContain("s3cret", Read(journal, Options).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("provider-name = \"PostgreSQL.15\"", "provider-name is given without a connection-string")]
    [InlineData("connection-string = \"Host=db\"", "provider-name is missing")]
    [InlineData("connection-string = \"Host=db\", provider-name = \"PostgreSQL.15\", file = \"a.db\"", "connection-string is given, and a file too")]
    public void A_journal_in_half_a_place_or_in_two_is_refused(string journal, string fault) => Assert.Contains(
        fault, Refused($"atlas-actors {{ output-dir = out, api-key = k, journal {{ {journal} }} }}"), StringComparison.Ordinal);

    [Fact]
    public void With_the_systems_default_journal_there_is_none_of_our_own()
    {
        const string others = "atlas-actors { journal-plugin-id = \"\", snapshot-plugin-id = \"\" }";

        Assert.Null(Read(others, Options).Journal);
        Assert.Contains("leave one of them out", Refused(others, Options with { JournalFile = "mine.db" }), StringComparison.Ordinal);
    }

    private static string Refused(string hocon, AtlasActorsOptions? options = null) =>
        Assert.Throws<ConfigurationException>(() => Read(hocon, options)).Message;

    private static AtlasConfiguration Read(string hocon, params (string Name, string Value)[] environment) => Read(hocon, null, environment);

    private static AtlasConfiguration Read(string hocon, AtlasActorsOptions? options, params (string Name, string Value)[] environment) =>
        AtlasConfiguration.Read(
            ConfigurationFactory.ParseString(hocon).WithFallback(AtlasActorsExtension.DefaultConfig), options,
            name => environment.FirstOrDefault(variable => variable.Name == name).Value);
}
