using DotNetEnv;

namespace AtlasActors.Host.Settings;

/// <summary>
/// The variables of the environment and, behind them, those of <c>.env</c> in the working directory. The file is read
/// when a variable is asked for that the environment lacks, and its variables stay here: child processes do not get
/// them.
/// </summary>
internal sealed class Variables
{
    private readonly Func<string, string?> _environment;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _file;

    public Variables(Func<string, string?> environment, string workingDirectory)
    {
        _environment = environment;
        _file = new(() => Read(Path.Combine(workingDirectory, ".env")));
    }

    /// <summary>
    /// The variable's value, trimmed; null when it is neither in the environment nor in the file, or blank.
    /// </summary>
    public string? Find(string name) => Some(_environment(name)) ?? Some(_file.Value.GetValueOrDefault(name));

    /// <summary>The first of these variables that has a value.</summary>
    public string? FindFirst(IEnumerable<string> names) =>
        names.Select(Find).FirstOrDefault(value => value is not null);

    private static string? Some(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static Dictionary<string, string> Read(string path)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(path))
            return found;
        try
        {
            foreach (var (name, value) in Env.NoEnvVars().LoadMulti([path]))
                found[name] = value;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The parser throws its own undocumented types; its message could quote the line, and the line be the key.
            throw new CommandException(ExitCode.BadUsage, $"The file {path} cannot be read as NAME=value lines.");
        }
        return found;
    }
}
