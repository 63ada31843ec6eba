namespace AtlasActors.Atlas;

/// <summary>An address leads into a network that is not the internet.</summary>
/// <param name="host">The host, as the address names it.</param>
public sealed class PrivateAddressException(string host) : IOException(
    $"The address is one of a private network ({host}), and from there nothing is fetched unless allow-private-addresses, or ATLAS_ALLOW_PRIVATE_ADDRESSES, says so.");
