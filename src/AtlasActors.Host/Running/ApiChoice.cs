using AtlasActors.Host.Settings;

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
        /// <summary>Whether outputs may be fetched from private networks.</summary>
        public bool AllowPrivateAddresses { get; init; }

        public override string EndpointName => Endpoint.NameOf(BaseUrl);

        /// <summary>The one that the variables name.</summary>
        public static Real Of(Variables variables) => new(Endpoint.Find(variables), ApiKey.Require(variables))
        {
            AllowPrivateAddresses = ArePrivateAllowed(variables),
        };

        // The key must not come into a log by way of the record's own text.
        public override string ToString() => EndpointName;
    }

    /// <summary>The simulator inside this program.</summary>
    public sealed record Simulated(double Speed) : ApiChoice
    {
        public override string EndpointName => Endpoint.Simulator;
    }

    /// <summary>Whether the variables allow what others name to lead into private networks.</summary>
    public static bool ArePrivateAllowed(Variables variables)
    {
        const string variable = "ATLAS_ALLOW_PRIVATE_ADDRESSES";
        return variables.Find(variable) is var word && word?.ToLowerInvariant() switch
        {
            null or "0" or "false" or "off" or "no" => false,
            "1" or "true" or "on" or "yes" => true,
            _ => throw new CommandException(ExitCode.BadUsage, $"{variable} is '{word}': give 1 or 0."),
        };
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
