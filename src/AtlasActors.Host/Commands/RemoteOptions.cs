using System.CommandLine;
using AtlasActors.Host.Remote;

namespace AtlasActors.Host.Commands;

/// <summary>What commands have in common that call a service.</summary>
internal static class RemoteOptions
{
    public static Option<string?> To() => new("--to")
    {
        Description = $"The service's address. Default: {ServiceAddress.Variable}. Its key: {ServiceAddress.KeyVariable}.",
        HelpName = "URL",
    };

    public static Argument<string> Batch() => new("BATCH") { Description = "The batch's id." };
}
