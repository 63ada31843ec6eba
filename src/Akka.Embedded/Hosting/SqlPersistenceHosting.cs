using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence.Hosting;

namespace Akka.Persistence.Hosting
{
    /// <summary>Which of the two plugins is meant.</summary>
    public enum PersistenceMode
    {
        Both,
        Journal,
        SnapshotStore
    }
}

namespace Akka.Persistence.Sql.Hosting
{
    /// <summary>
    /// Gives an actor system a journal and a snapshot store in SQL tables. What follows <c>mode</c> is given by name:
    /// Akka.NET has more in between.
    /// </summary>
    public static class HostingExtensions
    {
        /// <param name="builder">The actor system.</param>
        /// <param name="connectionString">For SQLite "Data Source=" and the file.</param>
        /// <param name="providerName">"SQLite.MS".</param>
        /// <param name="mode">Journal, snapshot store or both.</param>
        /// <param name="autoInitialize">Makes the tables that are not there.</param>
        /// <param name="pluginIdentifier">The last part of the plugins' configuration paths.</param>
        /// <param name="isDefaultPlugin">Whether actors use them that name none.</param>
        public static AkkaConfigurationBuilder WithSqlPersistence(
            this AkkaConfigurationBuilder builder,
            string connectionString,
            string providerName,
            PersistenceMode mode = PersistenceMode.Both,
            bool autoInitialize = true,
            string pluginIdentifier = "sql",
            bool isDefaultPlugin = true)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
            ArgumentException.ThrowIfNullOrWhiteSpace(providerName);
            if (mode != PersistenceMode.SnapshotStore)
                Add("journal", SqlPersistence.DefaultJournalConfiguration);
            if (mode != PersistenceMode.Journal)
                Add("snapshot-store", SqlPersistence.DefaultSnapshotConfiguration);
            return builder;

            void Add(string kind, Config defaults)
            {
                var path = $"akka.persistence.{kind}.{pluginIdentifier}";
                var plugin = $"""
                    {path} {"{"}
                      class = "{defaults.GetString("class")}"
                      plugin-id = "{path}"
                      connection-string = "{Escaped(connectionString)}"
                      provider-name = "{Escaped(providerName)}"
                      auto-initialize = {(autoInitialize ? "on" : "off")}
                    {"}"}
                    """;
                var choice = isDefaultPlugin ? $"\nakka.persistence.{kind}.plugin = \"{path}\"" : "";
                builder.AddHocon(plugin + choice, HoconAddMode.Prepend);
            }
        }

        private static string Escaped(string text) =>
            text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
    }
}
