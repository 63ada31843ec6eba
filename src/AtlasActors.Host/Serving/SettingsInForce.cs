using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Serving;

/// <summary>What the service goes by at this moment: of what may change while it runs, nobody keeps a copy.</summary>
internal sealed class SettingsInForce(ServiceSettings settings)
{
    private volatile ServiceSettings _current = settings;

    public ServiceSettings Current
    {
        get => _current;
        set => _current = value;
    }
}
