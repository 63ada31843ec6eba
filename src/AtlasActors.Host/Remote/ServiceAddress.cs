using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Remote;

/// <summary>Where a service is, and the key it is called with: an option or the environment says the one, only the environment the other.</summary>
internal sealed record ServiceAddress(Uri Url, string? Key)
{
    public const string Variable = "ATLAS_SERVICE_URL";

    public const string KeyVariable = "ATLAS_SERVICE_KEY";

    /// <summary>The one that the command line or the variables name; a <see cref="CommandException"/> where none does.</summary>
    public static ServiceAddress Of(string? written, Variables variables)
    {
        var (text, where) = written is not null ? (written, "--to") : (variables.Find(Variable), Variable);
        if (text is null)
            throw new CommandException(
                ExitCode.BadUsage, $"Which service? Say --to URL, such as http://127.0.0.1:8080, or set {Variable}.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            throw new CommandException(
                ExitCode.BadUsage, $"{where} is '{text}', and must be an address such as http://127.0.0.1:8080.");
        return new ServiceAddress(url.AbsoluteUri.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/"), variables.Find(KeyVariable));
    }

    /// <summary>All but the key.</summary>
    public override string ToString() => Url.AbsoluteUri.TrimEnd('/');
}
