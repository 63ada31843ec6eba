using AtlasActors.Host.Settings;
using Dapper;
using Microsoft.Data.Sqlite;

namespace AtlasActors.Host.Serving;

/// <summary>The SQLite files of what is known nowhere else: what is committed to them outlasts the machine's power, too.</summary>
internal static class DurableFile
{
    /// <summary>Opens one, and makes it where it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tables">What makes its tables where they are missing.</param>
    /// <param name="whatItHas">For people, when it cannot be opened: what is in it, and what moving it away would do.</param>
    /// <param name="prepare">What else is done to it before it is used.</param>
    /// <exception cref="CommandException">It can't be opened, or is damaged.</exception>
    public static SqliteConnection Open(
        string path, string tables, string whatItHas, Action<SqliteConnection>? prepare = null)
    {
        SQLitePCL.Batteries_V2.Init();
        var file = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            file.Open();
            file.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            file.Execute(tables);
            prepare?.Invoke(file);
            return file;
        }
        catch (SqliteException fault)
        {
            file.Dispose();
            throw new CommandException(ExitCode.Fault, $"{path} cannot be opened: {fault.Message} {whatItHas}");
        }
    }
}
