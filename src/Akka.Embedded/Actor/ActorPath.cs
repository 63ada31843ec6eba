namespace Akka.Actor;

/// <summary>
/// The place of an actor in the tree of its system, as <c>akka://system/user/parent/child</c>.
/// Two paths are equal by their names; the uid tells one incarnation at a place from the next.
/// </summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    /// <summary>What a name may hold beside ASCII letters and digits.</summary>
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private protected ActorPath(string name, long uid)
    {
        Name = name;
        Uid = uid;
    }

    public string Name { get; }

    public long Uid { get; }

    public abstract Address Address { get; }

    public abstract ActorPath Parent { get; }

    public abstract ActorPath Root { get; }

    public abstract int Depth { get; }

    /// <summary>The names from the root down.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var names = new string[Depth];
            var path = this;
            for (var i = names.Length - 1; i >= 0; i--)
            {
                names[i] = path.Name;
                path = path.Parent;
            }

            return names;
        }
    }

    public ActorPath Child(string childName) => this / childName;

    public abstract ActorPath WithUid(long uid);

    public static ActorPath operator /(ActorPath path, string name)
    {
        var hash = name.IndexOf('#', StringComparison.Ordinal);
        return hash < 0
            ? new ChildActorPath(path, name, 0)
            : new ChildActorPath(path, name[..hash], long.Parse(name.AsSpan(hash + 1), provider: null));
    }

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name) =>
        name.Where(element => element.Length > 0).Aggregate(path, (parent, element) => parent / element);

    public static bool IsValidPathElement(string s) =>
        !string.IsNullOrEmpty(s) && s[0] != '$' && s.All(IsValidCharacter);

    private static bool IsValidCharacter(char c) =>
        char.IsAsciiLetterOrDigit(c) || c == '%' || ValidSymbols.Contains(c, StringComparison.Ordinal);

    public static ActorPath Parse(string path) => TryParse(path, out var actorPath)
        ? actorPath!
        : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    public static bool TryParse(string path, out ActorPath? actorPath)
    {
        actorPath = null;
        if (!Address.TryParse(path, out var address, out var rest))
            return false;
        actorPath = new RootActorPath(address!) / rest.Split('/');
        return true;
    }

    public static string FormatPathElements(IEnumerable<string> pathElements) => string.Join('/', pathElements);

    public string ToStringWithoutAddress() => "/" + FormatPathElements(Elements);

    public string ToStringWithAddress() => ToString();

    public string ToStringWithUid() => Uid == 0 ? ToString() : $"{ToString()}#{Uid}";

    public string ToSerializationFormat() => ToStringWithUid();

    public override string ToString() => Address + ToStringWithoutAddress();

    public bool Equals(ActorPath? other)
    {
        ActorPath left = this;
        var right = other;
        while (right is not null)
        {
            if (ReferenceEquals(left, right))
                return true;
            if (left.Depth == 0 || right.Depth == 0)
                return left.Depth == right.Depth && left.Address == right.Address;
            if (left.Name != right.Name)
                return false;
            left = left.Parent;
            right = right.Parent;
        }

        return false;
    }

    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (var path = this; path.Depth > 0; path = path.Parent)
            hash.Add(path.Name, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    public int CompareTo(ActorPath? other) => other is null ? 1 : string.CompareOrdinal(ToString(), other.ToString());

    public static bool operator ==(ActorPath? left, ActorPath? right) => Equals(left, right);

    public static bool operator !=(ActorPath? left, ActorPath? right) => !Equals(left, right);
}

/// <summary>The root of a system's tree.</summary>
public sealed class RootActorPath(Address address, string name = "") : ActorPath(name, 0)
{
    public override Address Address => address;

    public override ActorPath Parent => this;

    public override ActorPath Root => this;

    public override int Depth => 0;

    public override ActorPath WithUid(long uid) => uid == 0
        ? this
        : throw new NotSupportedException("RootActorPath must have undefined uid");
}

/// <summary>Any path below the root.</summary>
public sealed class ChildActorPath(ActorPath parentPath, string name, long uid) : ActorPath(name, uid)
{
    public override Address Address => Root.Address;

    public override ActorPath Parent => parentPath;

    public override ActorPath Root
    {
        get
        {
            var path = parentPath;
            while (path.Depth > 0)
                path = path.Parent;
            return path;
        }
    }

    public override int Depth
    {
        get
        {
            var depth = 1;
            for (var path = parentPath; path is ChildActorPath; path = path.Parent)
                depth++;
            return depth;
        }
    }

    public override ActorPath WithUid(long uid) => uid == Uid ? this : new ChildActorPath(parentPath, Name, uid);
}
