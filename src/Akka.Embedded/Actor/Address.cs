namespace Akka.Actor;

/// <summary>Where an actor system is: within one process a protocol and a name.</summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>
{
    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host;
        Port = port;
    }

    public string Protocol { get; }

    public string System { get; }

    public string? Host { get; }

    public int? Port { get; }

    public bool HasLocalScope => string.IsNullOrEmpty(Host);

    public bool HasGlobalScope => !HasLocalScope;

    public bool Equals(Address? other) =>
        other is not null && Protocol == other.Protocol && System == other.System
        && Host == other.Host && Port == other.Port;

    public override bool Equals(object? obj) => Equals(obj as Address);

    public override int GetHashCode() => HashCode.Combine(Protocol, System, Host, Port);

    public int CompareTo(Address? other) =>
        other is null ? 1 : string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => HasLocalScope
        ? $"{Protocol}://{System}"
        : $"{Protocol}://{System}@{Host}{(Port is { } port ? $":{port}" : "")}";

    public static bool operator ==(Address? left, Address? right) => Equals(left, right);

    public static bool operator !=(Address? left, Address? right) => !Equals(left, right);

    /// <summary>Reads <c>akka://system</c> or <c>akka.tcp://system@host:port</c>, and gives what follows it.</summary>
    internal static bool TryParse(string text, out Address? address, out string rest)
    {
        address = null;
        rest = "";
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
            return false;
        var from = scheme + 3;
        var slash = text.IndexOf('/', from);
        var authority = slash < 0 ? text[from..] : text[from..slash];
        rest = slash < 0 ? "/" : text[slash..];
        var at = authority.IndexOf('@', StringComparison.Ordinal);
        if (authority.Length == 0 || at == 0)
            return false;
        if (at < 0)
        {
            address = new Address(text[..scheme], authority);
            return true;
        }

        var hostAndPort = authority[(at + 1)..].Split(':');
        int? port = hostAndPort.Length > 1 && int.TryParse(hostAndPort[1], out var number) ? number : null;
        address = new Address(text[..scheme], authority[..at], hostAndPort[0], port);
        return true;
    }
}
