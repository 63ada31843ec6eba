using AtlasActors.Atlas;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Running;

/// <summary>Opens an account for what costs nothing; without a key it can ask for models only.</summary>
internal delegate OpenAccount AccountOpener(Uri baseUrl, string? key, bool allowPrivateAddresses = false);

/// <summary>An account that is open; whoever opened it closes it.</summary>
internal sealed class OpenAccount(
    IAtlasInquiries inquiries, IAtlasUploads uploads, IDisposable? connections = null) : IDisposable
{
    public IAtlasInquiries Inquiries => inquiries;

    public IAtlasUploads Uploads => uploads;

    /// <summary>The account at Atlas Cloud itself.</summary>
    public static OpenAccount Of(Uri baseUrl, string? key, bool allowPrivateAddresses = false)
    {
        var account = key is null
            ? AtlasAccount.WithoutKey(baseUrl, allowPrivateAddresses)
            : new AtlasAccount(baseUrl, key, allowPrivateAddresses);
        return new OpenAccount(account.Inquiries, account.Uploads, account);
    }

    /// <summary>The one that the variables name; a key must be among them.</summary>
    public static OpenAccount WithKey(Shell shell)
    {
        var real = ApiChoice.Real.Of(shell.Variables());
        return shell.OpenAccount(real.BaseUrl, real.Key, real.AllowPrivateAddresses);
    }

    /// <summary>
    /// The API that the variables name, with a key where there is one: Atlas tells its models to anybody.
    /// </summary>
    public static OpenAccount WithOrWithoutKey(Shell shell)
    {
        var variables = shell.Variables();
        var key = variables.FindFirst(ApiKey.Names) is null ? null : ApiKey.Require(variables);
        return shell.OpenAccount(Endpoint.Find(variables), key, ApiChoice.Real.MayBePrivate(variables));
    }

    public void Dispose() => connections?.Dispose();
}
