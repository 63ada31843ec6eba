using System.Security.Cryptography;

namespace AtlasActors.Host.Serving.Callers;

/// <summary>
/// The keys as a running service knows them. The file is looked at for every request: it is small, and a key that was
/// taken away must not let anybody in any more.
/// </summary>
/// <param name="file">Where they are.</param>
/// <param name="isAlwaysAsked">Whether nobody is let in without one: others than this machine's programs reach the
/// service.</param>
internal sealed class KeyRing(KeyFile file, bool isAlwaysAsked)
{
    private readonly Lock _gate = new();
    private byte[]? _read;
    private (byte[] Hash, Caller Caller)[] _keys = [];
    private bool _areAsked = isAlwaysAsked;

    /// <summary>How many keys there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                Look();
                return _keys.Length;
            }
        }
    }

    /// <summary>
    /// Whether callers are asked for a key. Once a running service has had a key it always asks, also when the last one
    /// was taken away: it then lets nobody in. It must not open itself because somebody tidied up.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is none of ours.</exception>
    public bool AreAsked
    {
        get
        {
            lock (_gate)
            {
                Look();
                return _areAsked;
            }
        }
    }

    /// <summary>Whose key this is; null where it is nobody's. It takes as long for one key as for another.</summary>
    public Caller? Find(string key)
    {
        var hash = CallerKey.HashOf(key);
        Caller? found = null;
        lock (_gate)
        {
            Look();
            foreach (var (known, caller) in _keys)
                if (CryptographicOperations.FixedTimeEquals(known, hash))
                    found = caller;
        }
        return found;
    }

    private void Look()
    {
        var bytes = file.Bytes();
        if (_read is null ? bytes is null : bytes.AsSpan().SequenceEqual(_read))
            return;
        _keys = bytes is null
            ? []
            : [.. KeyFile.Parse(bytes).Select(key => (Convert.FromHexString(key.Sha256), new Caller(key.Name, key.Role)))];
        _areAsked |= _keys.Length > 0;
        _read = bytes;
    }
}
