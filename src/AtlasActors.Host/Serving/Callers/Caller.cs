using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Serving.Callers;

/// <summary>What a caller may do; each role may also do what those before it may.</summary>
internal enum Role
{
    /// <summary>Look: every GET.</summary>
    Read,

    /// <summary>Spend: take batches on, and stop, go on with and retry what there is.</summary>
    Submit,

    /// <summary>Everything.</summary>
    Admin,
}

/// <summary>Who asks.</summary>
/// <param name="Name">The name of the key; empty for programs of this machine while there are no keys.</param>
/// <param name="Role">What is allowed.</param>
internal sealed record Caller(string Name, Role Role)
{
    /// <summary>Any program of this machine, as long as there are no keys.</summary>
    public static Caller Local { get; } = new("", Role.Admin);

    public bool May(Role role) => Role >= role;
}

/// <summary>The roles' words.</summary>
internal static class Roles
{
    /// <summary>As on the command line and in answers.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<Role>().Select(Word)];

    public static string Word(this Role role) => role switch
    {
        Role.Read => "read",
        Role.Submit => "submit",
        Role.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No such role."),
    };

    public static Role Of(string word) => Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(role => role!.Value.Word() == word)
        ?? throw new CommandException(ExitCode.BadUsage, $"'{word}' is no role: give {string.Join(", ", Words)}.");
}
