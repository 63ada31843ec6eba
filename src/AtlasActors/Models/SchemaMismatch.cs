namespace AtlasActors.Models;

/// <summary>What is wrong between a job and its model's schema.</summary>
public enum MismatchKind
{
    /// <summary>A value that the field does not take; the job would be refused.</summary>
    Value,

    /// <summary>A field that must be there is not; the job would be refused.</summary>
    Missing,

    /// <summary>A field that must be there is not, but the schema has a default for it.</summary>
    Defaulted,

    /// <summary>The model has no such field; whether Atlas refuses or ignores it is not known.</summary>
    Unknown,

    /// <summary>The field is there and switched off.</summary>
    SwitchedOff,
}

/// <summary>A place where what is sent does not fit the model's schema.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Field">The field's name, as it is sent.</param>
/// <param name="Below">Where in its value, lists counted from 1: <c>[2].scale</c>. Empty for the value itself.</param>
/// <param name="Message">What is wrong, in words.</param>
/// <param name="Hint">What would put it right, or null.</param>
public sealed record SchemaMismatch(
    MismatchKind Kind, string Field, string Below, string Message, string? Hint = null)
{
    /// <summary>Whether the job would surely be refused.</summary>
    public bool IsSure => Kind is MismatchKind.Value or MismatchKind.Missing;
}
