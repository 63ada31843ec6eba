using AtlasActors.Atlas;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Running;

/// <summary>What an account was asked for, or the command's end.</summary>
internal static class AccountAnswer
{
    /// <summary>What Atlas told; a <see cref="CommandException"/> with its reason where it told nothing.</summary>
    public static T Require<T>(FreeAnswer<T> answer) => answer switch
    {
        FreeAnswer<T>.Told told => told.Value,
        var other => throw Refusal(other),
    };

    /// <summary>Why there is no answer, and the exit code for it.</summary>
    public static CommandException Refusal<T>(FreeAnswer<T> answer) => answer switch
    {
        FreeAnswer<T>.KeyRefused { Failure: var why } => KeyRefused(why),
        FreeAnswer<T>.OutOfBalance { Failure: var why } => new(ExitCode.AccountRefused, why.WithRequest()),
        FreeAnswer<T>.Refused { Failure: var why } => new(ExitCode.Fault, why.WithRequest()),
        FreeAnswer<T>.Unanswered { Failure: var why } => new(ExitCode.Fault, why.WithRequest()),
        _ => throw new InvalidOperationException($"{answer.GetType().Name} is no refusal."),
    };

    public static CommandException KeyRefused(AtlasFailure why) => new(ExitCode.AccountRefused, why.WithRequest());
}
