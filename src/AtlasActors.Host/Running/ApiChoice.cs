using System.Globalization;
using AtlasActors.Host.Settings;
using AtlasActors.Hosting;

namespace AtlasActors.Host.Running;

/// <summary>The API that a run works with.</summary>
internal abstract record ApiChoice
{
    /// <summary>By how much the simulator is faster than life when nobody says otherwise.</summary>
    public const double UsualSpeed = 20;

    private ApiChoice() { }

    /// <summary>What batches remember of it.</summary>
    public abstract string EndpointName { get; }

    /// <summary>An Atlas Cloud somewhere, with a key.</summary>
    public sealed record Real(Uri BaseUrl, string Key) : ApiChoice
    {
        private const string AllowPrivateVariable = "ATLAS_ALLOW_PRIVATE_ADDRESSES";

        /// <summary>Whether outputs and schemas may be fetched from private networks.</summary>
        public bool AllowPrivateAddresses { get; init; }

        /// <summary>How long the answer to a submission may take; null for the usual time. Of the others alike.</summary>
        public TimeSpan? SubmitTimeout { get; init; }

        public TimeSpan? PollTimeout { get; init; }

        public TimeSpan? DownloadTimeout { get; init; }

        public override string EndpointName => Endpoint.NameOf(BaseUrl);

        /// <summary>The one that the variables name.</summary>
        /// <exception cref="CommandException">Something is wrong with them; the message has all of it.</exception>
        public static Real Of(Variables variables)
        {
            var faults = new List<string>();
            return Find(variables, faults) ?? throw new CommandException(ExitCode.BadUsage, string.Join('\n', faults));
        }

        /// <summary>The same; null where something is wrong, all of which is added to the faults.</summary>
        public static Real? Find(Variables variables, ICollection<string> faults)
        {
            var (before, address, key) = (faults.Count, Try(() => Endpoint.Find(variables)), Try(() => ApiKey.Require(variables)));
            var isPrivateAllowed = Try(() => (bool?)MayBePrivate(variables)) ?? false;
            var (submit, poll, download) = (
                Try(() => Seconds(variables, "ATLAS_SUBMIT_TIMEOUT")), Try(() => Seconds(variables, "ATLAS_POLL_TIMEOUT")),
                Try(() => Seconds(variables, "ATLAS_DOWNLOAD_TIMEOUT")));
            return faults.Count > before ? null : new Real(address!, key!)
            {
                AllowPrivateAddresses = isPrivateAllowed, SubmitTimeout = submit, PollTimeout = poll, DownloadTimeout = download,
            };

            T? Try<T>(Func<T?> read)
            {
                try
                {
                    return read();
                }
                catch (CommandException fault)
                {
                    if (!faults.Contains(fault.Message)) faults.Add(fault.Message);
                    return default;
                }
            }
        }

        /// <summary>These options, with what leads to this API.</summary>
        public AtlasActorsOptions Over(AtlasActorsOptions options) => options with
        {
            BaseUrl = BaseUrl, ApiKey = Key, AllowPrivateAddresses = AllowPrivateAddresses, SubmitTimeout = SubmitTimeout,
            PollTimeout = PollTimeout, DownloadTimeout = DownloadTimeout,
        };

        private static TimeSpan? Seconds(Variables variables, string name)
        {
            if (variables.Find(name) is not { } text) return null;
            return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                && seconds is >= 0.01 and <= 86_400
                ? TimeSpan.FromSeconds(seconds)
                : throw new CommandException(ExitCode.BadUsage, $"{name} is '{text}': give seconds, from 0.01 to 86400.");
        }

        /// <summary>Whether the variables allow private addresses.</summary>
        public static bool MayBePrivate(Variables variables) => variables.Find(AllowPrivateVariable)?.ToLowerInvariant() switch
        {
            null or "0" or "false" or "off" or "no" => false,
            "1" or "true" or "on" or "yes" => true,
            var word => throw new CommandException(
                ExitCode.BadUsage, $"{AllowPrivateVariable} is '{word}': give 1 or 0."),
        };

        // The key must not come into a log by way of the record's own text.
        public override string ToString() => EndpointName;
    }

    /// <summary>The simulator inside this program.</summary>
    public sealed record Simulated(double Speed) : ApiChoice
    {
        public override string EndpointName => Endpoint.Simulator;
    }

    /// <summary>The API that a batch was begun with, as far as it can be had now.</summary>
    public static ApiChoice OfBatch(string endpoint, Variables variables, double speed, string folder)
    {
        if (endpoint == Endpoint.Simulator)
            return new Simulated(speed);
        var now = Endpoint.NameOf(Endpoint.Find(variables));
        return endpoint == now
            ? Real.Of(variables)
            : throw new CommandException(
                ExitCode.BadUsage,
                $"The batch in {folder} was begun with {endpoint}, and {Endpoint.Variable} now leads to {now}: "
                + $"set {Endpoint.Variable}={endpoint} to go on with it.");
    }
}
