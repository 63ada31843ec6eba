namespace AtlasActors.Jobs;

/// <summary>
/// A place in a job's body that is filled when the job is submitted: with the address of a local file, uploaded by then, or
/// of what another job made. Exactly one of <see cref="File"/> and <see cref="Job"/> is there.
/// </summary>
/// <param name="Field">The body's field.</param>
/// <param name="Index">The place in the list that the field holds, from 0; null where it holds one text.</param>
public sealed record JobInput(string Field, int? Index = null)
{
    /// <summary>The full path of a local file.</summary>
    public string? File { get; init; }

    /// <summary>The number of a job of the same batch whose first output it is; that job succeeds first.</summary>
    public int? Job { get; init; }
}
