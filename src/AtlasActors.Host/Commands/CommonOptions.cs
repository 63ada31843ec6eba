using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AtlasActors.Costs;
using AtlasActors.Host.Logs;
using AtlasActors.Host.Running;

namespace AtlasActors.Host.Commands;

/// <summary>The options that several commands share, the same in each.</summary>
internal static class CommonOptions
{
    /// <summary>The name of the option for one JSON document.</summary>
    public const string JsonName = "--json";

    private const string QuietName = "--quiet";
    private const string LevelName = "--log-level";
    private const string FormatName = "--log-format";

    public static Option<bool> Json() => new(JsonName)
    {
        Description = "Write one JSON document to standard output, and nothing else.",
    };

    public static Option<bool> Strict() => new("--strict")
    {
        Description = "Take every warning for a fault: nothing is sent while there is one.",
    };

    public static Option<bool> Live() => new("--live")
    {
        Description = "Ask Atlas Cloud what it will cost this account, once for each model and set of billing fields.",
    };

    public static Option<bool> Quiet() => new(QuietName, "-q")
    {
        Description = "Write nothing unless something did not succeed.",
    };

    public static Option<double> Speed() => Positive(
        "--speed", "X", "How many times faster than life the simulator is.", ApiChoice.UsualSpeed);

    /// <summary>Adds the options on logs.</summary>
    public static void AddLogs(Command command)
    {
        command.Options.Add(Words(
            LevelName, "The least that is logged to standard error.", "warning", [.. LogSettings.Levels.Keys]));
        command.Options.Add(Words(
            FormatName, "How log lines are written: for people, or as one JSON object a line.",
            "text", "text", "json"));
    }

    /// <summary>Whether it is one of the options on logs.</summary>
    public static bool IsOfLogs(Option option) => option.Name is LevelName or FormatName;

    /// <summary>Whether one JSON document is wanted; false where the command has no such option.</summary>
    public static bool IsJson(ParseResult parse) => Find<bool>(parse, JsonName);

    /// <summary>Whether silence is wanted; false where the command has no such option.</summary>
    public static bool IsQuiet(ParseResult parse) => Find<bool>(parse, QuietName);

    /// <summary>What the options on logs say; the default where the command has none.</summary>
    public static LogSettings Logs(ParseResult parse) => Find<string>(parse, LevelName) is { } level
        ? new LogSettings(
            LogSettings.Levels[level], Find<string>(parse, FormatName) == "json" ? LogFormat.Json : LogFormat.Text)
        : LogSettings.Default;

    /// <summary>An option that takes one of these words.</summary>
    public static Option<string> Words(string name, string description, string usual, params string[] words)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, words);
        return option;
    }

    /// <summary>An option that takes a number above 0.</summary>
    public static Option<double> Positive(string name, string helpName, string description, double usual) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => usual,
        CustomParser = result => (double)Number(result, 0.001m, 1_000_000m),
    };

    /// <summary>An option that takes a share, from 0 to 1.</summary>
    public static Option<double> Share(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "0..1",
        CustomParser = result => (double)Number(result, 0m, 1m),
    };

    /// <summary>An option that takes a whole number in a range.</summary>
    public static Option<int?> Whole(string name, string helpName, string description, int least, int most) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most)
                return number;
            result.AddError(string.Create(
                CultureInfo.InvariantCulture, $"{name} is '{text}', and must be a whole number from {least} to {most}."));
            return null;
        },
    };

    /// <summary>An option that takes an amount of money above 0.</summary>
    public static Option<Usd?> Money(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "USD",
        CustomParser = result => Number(result, 0.0001m, 10_000_000m) is var amount and > 0 ? new Usd(amount) : null,
    };

    private static T? Find<T>(ParseResult parse, string name) =>
        parse.GetResult(name) is OptionResult result ? result.GetValueOrDefault<T>() : default;

    // A comma is refused, not read past: "0,5" must not become 5.
    private static decimal Number(ArgumentResult result, decimal least, decimal most)
    {
        var text = result.Tokens[0].Value;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        var name = (result.Parent as OptionResult)?.IdentifierToken?.Value;
        result.AddError(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} is '{text}', and must be a number from {least} to {most}, such as 0.5."));
        return 0;
    }
}
