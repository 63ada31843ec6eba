using AtlasActors.Hosting;

namespace AtlasActors.Gate;

/// <summary>What the gate lets through.</summary>
/// <param name="Account">In flight at once for the whole account.</param>
/// <param name="Model">Of one model, where <paramref name="Models"/> does not name it.</param>
/// <param name="Models">Of these models.</param>
/// <param name="Age">A batch of which nothing has been in flight for so long, though it waits, weighs twice as much.</param>
internal sealed record GateLimits(int Account, int Model, IReadOnlyDictionary<string, int> Models, TimeSpan Age)
{
    /// <summary>What may be in flight of a model.</summary>
    public int Of(string model) => Math.Min(Account, Models.GetValueOrDefault(model, Model));

    public static GateLimits Read(SettingsReader from) => new(
        from.Count("account-limit"), from.Count("model-limit"), from.Limits("model-limits", "model"),
        from.Duration("priority-age"));
}
