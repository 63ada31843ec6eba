using System.Data.Common;

namespace Akka.Persistence.Sql.Db;

/// <summary>What differs between the databases: the connection, the types, some statements, the faults.</summary>
internal abstract class SqlDialect
{
    /// <summary>The tables and indexes, each only where it is not there yet.</summary>
    public abstract IReadOnlyList<string> JournalTables { get; }

    /// <inheritdoc cref="JournalTables"/>
    public abstract IReadOnlyList<string> SnapshotTables { get; }

    public abstract string SaveSnapshot { get; }

    /// <summary>Opens the connection that writes; what it commits is on the disk.</summary>
    public abstract DbConnection OpenWriter();

    /// <summary>Opens a connection that sees what was committed, while others write.</summary>
    public abstract DbConnection OpenReader();

    /// <summary>Ends the connections that are kept for later readers.</summary>
    public abstract void CloseReaders();

    /// <summary>Whether the fault lies in one write, so that others of its group can still be committed.</summary>
    public abstract bool IsFaultOfOneWrite(Exception fault);

    /// <summary>The fault in a sentence that names the database.</summary>
    public abstract Exception Describe(Exception fault);

    public static SqlDialect Of(string providerName, string connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new Configuration.ConfigurationException("The SQL store has no connection-string.");
        if (providerName.StartsWith("SQLite", StringComparison.OrdinalIgnoreCase))
            return new SqliteDialect(connectionString);
        throw new Configuration.ConfigurationException(
            $"provider-name \"{providerName}\" is not one that this build stores in; SQLite.MS is.");
    }
}
