using Akka.Configuration;

namespace Akka.Persistence.Sql.Db;

/// <summary>Which database a plugin's configuration names.</summary>
internal sealed record SqlTarget(string ProviderName, string ConnectionString)
{
    public static SqlTarget Of(Config config)
    {
        if (config.GetString("table-mapping", "default") is not "default" and var mapping)
            throw new ConfigurationException($"table-mapping \"{mapping}\" is not known; default is.");
        return new SqlTarget(config.GetString("provider-name", ""), config.GetString("connection-string", ""));
    }
}
