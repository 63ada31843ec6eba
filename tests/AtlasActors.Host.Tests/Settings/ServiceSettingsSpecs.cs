using System.Net;
using System.Text.RegularExpressions;
using AtlasActors.Costs;
using AtlasActors.Host.Logs;
using AtlasActors.Host.Serving.Retention;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Host.Settings;
using Serilog.Events;
using Xunit;

namespace AtlasActors.Host.Tests.Settings;

/// <summary>The section <c>atlas-service</c>, and its reference.</summary>
public sealed class ServiceSettingsSpecs
{
    private readonly List<string> _faults = [];

    [Fact]
    public void Without_a_file_all_is_as_the_reference_says()
    {
        var (read, usual) = (Read(null), new ServiceSettings());

        Assert.Empty(_faults);
        Assert.Equal((usual.Listen, usual.PublicUrl, usual.Webhook, usual.Limits), (read.Listen, read.PublicUrl, read.Webhook, read.Limits));
        Assert.Equal((usual.StopWithin, usual.Logs), (read.StopWithin, read.Logs));
        Assert.Empty(read.Prices);
        Assert.All(read.Keys, key => Assert.Equal("default", key.Origin));
    }

    [Fact]
    public void The_reference_has_every_key_that_is_read()
    {
        var source = File.ReadAllText(Path.Combine(Root(), "src", "AtlasActors.Host", "Settings", "ServiceSettings.cs"));
        var body = source[source.IndexOf("public static ServiceSettings Read", StringComparison.Ordinal)..];
        var read = Regex.Matches(body, "\"([a-z]+(?:-[a-z]+)*)\"").Select(match => match.Groups[1].Value)
            .Concat([RetentionSettings.Section, ScheduleReader.Key]).Distinct().Order();

        Assert.Equal(ServiceSettings.Known.Order(), read);
    }

    [Fact]
    public void The_file_wins_over_the_reference_key_by_key()
    {
        var read = Read("""
            atlas-service { listen = "http://0.0.0.0:9000", rate = 5, stop-within = 30s, log-level = debug, log-format = json }
            atlas-service.max-jobs = 10
            """);

        Assert.Empty(_faults);
        Assert.Equal(new IPEndPoint(IPAddress.Any, 9000), read.Listen);
        Assert.Equal((5, 10, 10), (read.Limits.Requests.PerSecond, read.Limits.Submissions.PerSecond, read.Limits.JobsPerBatch));
        Assert.Equal((TimeSpan.FromSeconds(30), new LogSettings(LogEventLevel.Debug, LogFormat.Json)), (read.StopWithin, read.Logs));
        Assert.Equal("file", read.Keys.Single(key => key.Key == "max-jobs").Origin);
        Assert.Equal("default", read.Keys.Single(key => key.Key == "submit-rate").Origin);
    }

    [Fact]
    public void A_flag_wins_over_a_variable_and_that_over_the_file()
    {
        var read = ServiceSettings.Read(
            "atlas-service { rate = 5, stop-within = 30s, max-jobs = 7 }",
            [new GivenValue("stop-within", "VARIABLE", "40s"), new GivenValue("rate", "VARIABLE", "6"), new GivenValue("rate", "--rate", "8")], _faults);

        Assert.Empty(_faults);
        Assert.Equal((8, TimeSpan.FromSeconds(40), 7), (read.Limits.Requests.PerSecond, read.StopWithin, read.Limits.JobsPerBatch));
        Assert.Equal(["--rate", "VARIABLE", "atlas-service.max-jobs"], new[] { "rate", "stop-within", "max-jobs" }.Select(read.NameOf));
    }

    [Fact]
    public void Prices_are_a_list_by_model()
    {
        var read = Read("""
            atlas-service.prices = [
              { model = "a/b/c", price = 0.40, per = second }
              { model = "d", price = 0 }
            ]
            """);

        Assert.Empty(_faults);
        Assert.Equal(new ModelPrice(new Usd(0.40m), PriceUnit.Second), read.Prices["a/b/c"]);
        Assert.Equal(new ModelPrice(Usd.Zero, PriceUnit.Usual), read.Prices["d"]);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        Read("""
            atlas-service {
              lisetn = "http://127.0.0.1:1", listen = "https://127.0.0.1", public-url = media, rate = 0, max-jobs = 2000000
              stop-within = 2h, log-level = loud
              prices = [ { model = a, price = 20000 }, { modle = b, price = cheap, per = day }, { model = c, price = 1 }, { model = c, price = 2 } ]
            }
            """);

        Assert.Equal(
        [
            "atlas-service.lisetn is no key: did you mean 'listen'?",
            "atlas-service.listen is 'https://127.0.0.1', and must be an address such as http://127.0.0.1:8080; TLS is a reverse proxy's business.",
            "atlas-service.public-url is 'media', and must be an address such as https://media.example.org.",
            "atlas-service.rate is '0': give a number from 0.001 to 1000000.",
            "atlas-service.max-jobs is '2000000': give a whole number from 1 to 1000000.",
            "atlas-service.prices[1].price is '20000': give US dollars from 0 to 10000, such as 0.40.",
            "atlas-service.prices[2].modle is no key: did you mean 'model'?",
            "atlas-service.prices[2].model is missing: give a model such as google/veo3.1/text-to-video.",
            "atlas-service.prices[2].price is 'cheap': give US dollars from 0 to 10000, such as 0.40.",
            "atlas-service.prices[2].per is 'day': give image, second or job.",
            "atlas-service.prices[4].model is 'c' a second time.",
            "atlas-service.stop-within is '2h': give a time from 1s to 1h.",
            "atlas-service.log-level is 'loud': give trace, debug, info, warning, error or fatal.",
        ], _faults);
    }

    [Fact]
    public void What_is_shown_of_a_webhook_is_no_secret()
    {
        var key = Read("atlas-service.webhook = \"https://user:hidden@hooks.example.org/in?token=hidden\"").Keys.Single(key => key.Key == "webhook");

        Assert.Equal("https://hooks.example.org/in", key.Text);
        Assert.DoesNotContain("hidden", key.ToString(), StringComparison.Ordinal);
    }

    private ServiceSettings Read(string? hocon) => ServiceSettings.Read(hocon, [], _faults);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AtlasActors.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
