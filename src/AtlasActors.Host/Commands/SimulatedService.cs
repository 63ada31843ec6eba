using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using AtlasActors.Costs;
using AtlasActors.Simulator;

namespace AtlasActors.Host.Commands;

/// <summary>
/// The options of <c>simulate</c> on the service itself: its answers, its keys, its prices, its limits.
/// </summary>
internal sealed class SimulatedService
{
    private readonly Option<int?> _port = CommonOptions.Whole(
        "--port", "P", "The port to listen on; without it the system chooses a free one.", 0, 65535);

    private readonly Option<IPAddress> _address = new("--address")
    {
        Description = "The address to listen on; without it only this machine reaches it.",
        HelpName = "IP",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = ReadAddress,
    };

    private readonly Option<double> _speed = CommonOptions.Positive(
        "--speed", "X", "How many times faster than life generations are.", 1);

    private readonly Option<string> _form = CommonOptions.Words(
        "--form", "Whose answers to give: the real API's, the tutorial's, the reference page's, or two older ones.",
        "real", "real", "tutorial", "reference", "former", "prediction-id");

    private readonly Option<bool> _strict = new("--strict")
    {
        Description = "Refuse what the models' schemas refuse: unknown models, unknown fields, bad values.",
    };

    private readonly Option<bool> _varyStatuses = new("--vary-statuses")
    {
        Description = "Use the many words for a status that were seen, another for each prediction.",
    };

    private readonly Option<string[]> _key = new("--key")
    {
        Description = "A key to let in, once for each; without it, any key.", HelpName = "KEY",
    };

    private readonly Option<string?> _journal = new("--journal")
    {
        Description = "A file that remembers what was submitted, so that a restart forgets nothing.", HelpName = "FILE",
    };

    private readonly Option<int?> _maxInFlight = CommonOptions.Whole(
        "--max-in-flight", "N", "How many generations of a key may run at once; one more is answered with 429.",
        1, 1_000_000);

    private readonly Option<int?> _perMinute = CommonOptions.Whole(
        "--per-minute", "N", "How many submissions of a key to one model pass in a minute; one more is a 429.",
        1, 1_000_000);

    private readonly Option<Usd?> _balance = CommonOptions.Money(
        "--balance", "What each key has to spend; what it cannot pay is answered with 402.");

    private readonly Option<KeyValuePair<string, decimal>[]> _price = new("--price")
    {
        Description = "A price over the built-in ones, once for each: USD an image, a second of video, a job of sound.",
        HelpName = "MODEL=USD",
        CustomParser = ReadPrices,
    };

    private readonly Option<double> _priceDelay = Seconds(
        "--price-delay", "How long after its end a prediction still lacks its price.", 0);

    private readonly Option<double> _warmUp = Seconds(
        "--warm-up", "How long after its submission a prediction is answered with 404.", 0);

    private readonly Option<double> _syncWait = Seconds(
        "--sync-wait", "How long a submission in sync mode is waited for before it is answered with 504.", 60);

    private readonly Option<double> _outputHours = CommonOptions.Positive(
        "--output-hours", "H", "How many hours after its submission an output can be fetched.", 336);

    private readonly Option<bool> _privateWebhooks = new("--private-webhooks")
    {
        Description = "Let a webhook_url be http, and on this machine or network.",
    };

    private readonly Option<int?> _webhookAttempts = CommonOptions.Whole(
        "--webhook-attempts", "N", "How often a webhook_url is called until it answers well; 4 unless told otherwise.",
        1, 100);

    private readonly Option<double> _webhookRetry = Seconds(
        "--webhook-retry", "How long after a bad answer it is called again; twice as long each further time.", 1);

    private readonly Option<int?> _seed = CommonOptions.Whole(
        "--seed", "N", "Decides what is left to chance; the same seed behaves the same.", 0, int.MaxValue);

    /// <summary>Every option, in the order of the help.</summary>
    public IEnumerable<Option> All =>
    [
        _port, _address, _speed, _form, _strict, _varyStatuses, _key, _journal, _maxInFlight, _perMinute, _balance,
        _price, _priceDelay, _warmUp, _syncWait, _outputHours, _privateWebhooks, _webhookAttempts, _webhookRetry, _seed,
    ];

    /// <param name="parse">What stood on the command line.</param>
    /// <param name="fullPath">Makes a path of the command line a full one.</param>
    public SimulatorOptions Read(ParseResult parse, Func<string, string> fullPath)
    {
        var usual = new SimulatorOptions();
        return usual with
        {
            Form = Enum.Parse<AnswerForm>(
                parse.GetRequiredValue(_form).Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
            Address = parse.GetRequiredValue(_address),
            Port = parse.GetValue(_port) ?? 0,
            Speed = parse.GetValue(_speed),
            Seed = parse.GetValue(_seed) ?? usual.Seed,
            Strict = parse.GetValue(_strict),
            VariedStatuses = parse.GetValue(_varyStatuses),
            Keys = parse.GetValue(_key) ?? [],
            MaxInFlight = parse.GetValue(_maxInFlight),
            RateLimit = parse.GetValue(_perMinute) is { } count ? new RateLimit(count, TimeSpan.FromMinutes(1)) : null,
            Balance = parse.GetValue(_balance)?.Amount,
            Prices = new Dictionary<string, decimal>(parse.GetValue(_price) ?? [], StringComparer.OrdinalIgnoreCase),
            PriceDelay = TimeSpan.FromSeconds(parse.GetValue(_priceDelay)),
            WarmUp = TimeSpan.FromSeconds(parse.GetValue(_warmUp)),
            SyncMaxWait = TimeSpan.FromSeconds(parse.GetValue(_syncWait)),
            OutputLifetime = TimeSpan.FromHours(parse.GetValue(_outputHours)),
            AllowPrivateWebhooks = parse.GetValue(_privateWebhooks),
            WebhookAttempts = parse.GetValue(_webhookAttempts) ?? usual.WebhookAttempts,
            WebhookRetryDelay = TimeSpan.FromSeconds(parse.GetValue(_webhookRetry)),
            JournalFile = parse.GetValue(_journal) is { } journal ? fullPath(journal) : null,
        };
    }

    private static Option<double> Seconds(string name, string description, double usual) =>
        CommonOptions.Positive(name, "S", description, usual);

    private static IPAddress? ReadAddress(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (IPAddress.TryParse(text, out var address)) return address;
        result.AddError($"--address is '{text}', and must be an IP address, such as 0.0.0.0.");
        return null;
    }

    private static KeyValuePair<string, decimal>[] ReadPrices(ArgumentResult result)
    {
        List<KeyValuePair<string, decimal>> prices = [];
        foreach (var token in result.Tokens)
        {
            var equals = token.Value.LastIndexOf('=');
            if (equals > 0 && decimal.TryParse(
                token.Value[(equals + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var price))
                prices.Add(KeyValuePair.Create(token.Value[..equals], price));
            else
                result.AddError($"--price is '{token.Value}', and must be MODEL=USD, such as google/imagen4=0.05.");
        }

        // The last word on a model counts.
        return [.. prices.GroupBy(price => price.Key, StringComparer.OrdinalIgnoreCase).Select(same => same.Last())];
    }
}
