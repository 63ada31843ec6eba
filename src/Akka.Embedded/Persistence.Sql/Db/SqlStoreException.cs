namespace Akka.Persistence.Sql.Db;

/// <summary>A store that fails, in a sentence that names it and says what is wrong.</summary>
internal sealed class SqlStoreException(string message, Exception cause) : Exception(message, cause);
