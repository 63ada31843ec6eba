using AtlasActors.BatchFiles;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Rendering;

/// <summary>The document of <c>--json</c> when a command could not do what it was asked.</summary>
internal sealed record JsonError(JsonError.ErrorPart Error)
{
    public sealed record ErrorPart(string Message, int ExitCode, IReadOnlyList<FileFault> Faults);

    public static JsonError Of(string message, ExitCode code, IReadOnlyList<FileFault> faults) =>
        new(new ErrorPart(message, (int)code, faults));
}
