using Akka.Configuration;
using Microsoft.Data.Sqlite;

namespace AtlasActors.Hosting;

/// <summary>
/// The database of AtlasActors' own journal and snapshot store, beside whatever journal the actor system has. It is a SQLite
/// file, unless a connection string names another.
/// </summary>
/// <param name="ConnectionString">How it is opened; a secret where it holds a password.</param>
/// <param name="Provider">Its kind, as linq2db calls it.</param>
/// <param name="File">The SQLite file, or null.</param>
internal sealed record OwnJournal(string ConnectionString, string Provider, string? File)
{
    public const string JournalId = "atlas-actors.journal";
    public const string SnapshotStoreId = "atlas-actors.snapshot-store";

    /// <summary>What linq2db calls Microsoft.Data.Sqlite.</summary>
    private const string Sqlite = "SQLite.MS";

    /// <summary>SQLITE_CORRUPT and SQLITE_NOTADB.</summary>
    private const int Damaged = 11, NoDatabase = 26;

    /// <summary>The database that is configured; null where both plugins are others'.</summary>
    public static OwnJournal? Read(SettingsReader from, AtlasActorsOptions options, JournalPlugins plugins)
    {
        CheckSection(from, "journal-plugin-id", plugins.Journal);
        CheckSection(from, "snapshot-plugin-id", plugins.Snapshots);
        var file = options.JournalFile ?? from.Text("journal.file");
        if (file.Length > 0 && plugins.Journal != JournalId)
        {
            from.Fault("journal-plugin-id", $"is '{plugins.Journal}', but a file for AtlasActors' own journal is given too: "
                + "leave one of them out.");
        }
        if (plugins.Journal != JournalId && plugins.Snapshots != SnapshotStoreId)
            return null;

        var connection = from.Text("journal.connection-string");
        var provider = from.Text("journal.provider-name");
        if (connection.Length == 0)
        {
            if (provider.Length > 0)
                from.Fault("journal.provider-name", "is given without a connection-string: give both, or for SQLite a file.");
            return OfFile(file.Length > 0 ? file : Path.Combine(options.OutputDir, ".atlas-actors", "journal.db"));
        }
        if (provider.Length == 0)
            from.Fault("journal.provider-name", "is missing: name the database of the connection-string, such as SQLite.MS.");
        if (file.Length > 0)
            from.Fault("journal.connection-string", "is given, and a file too: leave one of them out.");
        return new OwnJournal(connection, provider, File: null);
    }

    /// <summary>The keys that both plugins need, to stand behind what is configured.</summary>
    public Config ToConfig() => ConfigurationFactory.ParseString($$"""
        {{JournalId}} { connection-string = {{Quoted(ConnectionString)}}, provider-name = {{Quoted(Provider)}} }
        {{SnapshotStoreId}} { connection-string = {{Quoted(ConnectionString)}}, provider-name = {{Quoted(Provider)}} }
        """);

    /// <summary>Makes ready what a database does not make by itself: SQLite's library and the file's folder.</summary>
    public void Prepare()
    {
        if (Provider.StartsWith("SQLite", StringComparison.Ordinal))
            SQLitePCL.Batteries_V2.Init();
        if (File is null) return;
        try
        {
            MakeFolder(Path.GetDirectoryName(File)!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ConfigurationException(
                $"The folder of AtlasActors' journal {File} cannot be made: {fault.Message} "
                + "Name another by output-dir or journal.file.", fault);
        }
    }

    /// <summary>
    /// Why the file cannot be read, as a sentence; null when it can, or is not there yet. A SQL journal that meets such a file
    /// lets its actors wait until their recovery times out, and doesn't say why.
    /// </summary>
    public string? Trouble()
    {
        if (File is null || !System.IO.File.Exists(File)) return null;
        var settings = new SqliteConnectionStringBuilder(ConnectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        try
        {
            using var database = new SqliteConnection(settings.ToString());
            database.Open();
            using var anything = database.CreateCommand();
            anything.CommandText = "SELECT count(*) FROM sqlite_master";
            anything.ExecuteScalar();
            return null;
        }
        catch (SqliteException fault)
        {
            return fault.SqliteErrorCode switch
            {
                Damaged => $"{File} is damaged: what it holds cannot be read.",
                NoDatabase => $"{File} is not a SQLite database.",
                _ => null, // Such as a lock that is held for a while: the journal itself meets that, and waits.
            };
        }
    }

    /// <summary>All but the connection string, which may hold a password.</summary>
    public override string ToString() => $"{nameof(OwnJournal)} {{ Provider = {Provider}, File = {File} }}";

    private static OwnJournal OfFile(string path)
    {
        var file = Path.GetFullPath(path);
        return new OwnJournal(new SqliteConnectionStringBuilder { DataSource = file }.ToString(), Sqlite, file);
    }

    private static void CheckSection(SettingsReader from, string key, string path)
    {
        if (path.Length > 0 && !from.Has(path))
        {
            from.Fault(key, $"is '{path}', and there is no such section: "
                + "give the path of a plugin, or nothing for the system's default.");
        }
    }

    /// <summary>The journal holds prompts and results: a folder that is made for it is its owner's alone.</summary>
    private static void MakeFolder(string folder)
    {
        if (Path.GetDirectoryName(folder) is { } parent) Directory.CreateDirectory(parent);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
