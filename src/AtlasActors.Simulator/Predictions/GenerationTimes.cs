namespace AtlasActors.Simulator.Predictions;

/// <summary>How long generations take: a lognormal spread around what is typical of the model.</summary>
internal static class GenerationTimes
{
    private const double Spread = 0.3;
    private const double SlowFactor = 20;

    /// <summary>
    /// The geometric middle of the typical range: images and audio 10-30 s, Seedance 30-90, Veo 60-120, Sora 60-180.
    /// </summary>
    public static TimeSpan Typical(MediaKind kind, string model) => kind switch
    {
        MediaKind.Image or MediaKind.Audio => TimeSpan.FromSeconds(17.3),
        _ when Names(model, "seedance") => TimeSpan.FromSeconds(52),
        _ when Names(model, "veo") => TimeSpan.FromSeconds(85),
        _ when Names(model, "sora") => TimeSpan.FromSeconds(104),
        _ => TimeSpan.FromSeconds(60),
    };

    public static TimeSpan Draw(SimulatorOptions options, MediaKind kind, string model, long number, bool slow)
    {
        var factor = Math.Exp(Spread * Normal(options.Seed, number)) * (slow ? SlowFactor : 1) / options.Speed;
        return Typical(kind, model) * factor;
    }

    // Box-Muller; cut at three standard deviations, so that no generation is absurd.
    private static double Normal(int seed, long number)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Chance.Draw(seed, ChancePurpose.Duration, number)));
        var angle = 2 * Math.PI * Chance.Draw(seed, ChancePurpose.DurationSpread, number);
        return Math.Clamp(radius * Math.Cos(angle), -3, 3);
    }

    private static bool Names(string model, string family) =>
        model.Contains(family, StringComparison.OrdinalIgnoreCase);
}
