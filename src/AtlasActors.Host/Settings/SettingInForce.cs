using Akka.Configuration;
using AtlasActors.Host.Serving.Outgoing;

namespace AtlasActors.Host.Settings;

/// <summary>A key as it is in force.</summary>
/// <param name="Key">The key.</param>
/// <param name="Text">What it is, without what may be a secret.</param>
/// <param name="Mark">What it is, whole: by it two are told apart.</param>
/// <param name="Origin">Where it was said: a flag, a variable, <c>file</c> or <c>default</c>.</param>
internal sealed record SettingInForce(string Key, string Text, string Mark, string Origin)
{
    private const string File = "file", Default = "default";

    /// <summary>Receivers of webhooks often have a secret in their addresses.</summary>
    private const string Webhook = "webhook";

    /// <summary>Whether a flag or a variable said it.</summary>
    public bool IsSaidElsewhere => Origin is not (File or Default);

    public static SettingInForce Of(string key, SectionReader section, string? hocon, IReadOnlyList<GivenValue> given)
    {
        var mark = section.Shown(key);
        var origin = given.LastOrDefault(value => value.Key == key)?.Name
            ?? (ConfigurationFactory.ParseString(hocon ?? "").HasPath($"{ServiceSettings.Section}.{key}") ? File : Default);
        return new SettingInForce(key, key == Webhook ? WithoutSecret(mark) : mark, mark, origin);
    }

    private static string WithoutSecret(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out _) ? WebhookAddress.Shown(address) : "";

    // The mark may be a secret.
    public override string ToString() => $"{Key} = {Text} ({Origin})";
}
