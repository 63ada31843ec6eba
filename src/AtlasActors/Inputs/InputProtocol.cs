using AtlasActors.Atlas;
using AtlasActors.Batches;

namespace AtlasActors.Inputs;

/// <summary>Where an input comes from.</summary>
internal abstract record InputSource
{
    private InputSource() { }

    /// <summary>A file of this machine.</summary>
    public sealed record LocalFile(string Path) : InputSource;

    /// <summary>What another job made: where Atlas has it, and the file that was downloaded.</summary>
    public sealed record Output(int Job, string Name, Prediction Prediction, DateTimeOffset AcceptedAt, string File) : InputSource;
}

internal static class InputCommands
{
    /// <summary>
    /// Sees to it that Atlas can fetch all of a job's inputs. <see cref="InputsReady"/> or <see cref="InputsFailed"/> is the
    /// reply to the sender.
    /// </summary>
    public sealed record PrepareInputs(int Job, TimeSpan Unit, IReadOnlyList<InputSource> Sources);
}

/// <summary>Atlas can fetch them at these addresses, in the order in which they were asked for.</summary>
internal sealed record InputsReady(IReadOnlyList<string> Addresses);

/// <summary>They cannot be brought to Atlas. <paramref name="Halt"/>: neither can those of any other job.</summary>
internal sealed record InputsFailed(AtlasFailure Failure, HaltReason? Halt = null);

internal static class InputReports
{
    /// <summary>Told to the coordinator: Atlas has a file of this content.</summary>
    public sealed record FileUploaded(string Sha256, string Url, DateTimeOffset At);
}
