using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>
/// Actors by path, found anew for each message: absolute (<c>/user/a</c>), from here (<c>../b</c>), with <c>*</c> and
/// <c>?</c> in names.
/// </summary>
public class ActorSelection : ICanTell
{
    private readonly string[] _elements;
    private readonly ActorSystemImpl _system;

    private ActorSelection(IActorRef anchor, IEnumerable<string> elements, ActorSystemImpl system)
    {
        Anchor = anchor;
        _elements = elements.Where(element => element.Length > 0).ToArray();
        _system = system;
    }

    public IActorRef Anchor { get; }

    public string PathString => "/" + string.Join('/', _elements);

    public void Tell(object message, IActorRef? sender = null)
    {
        if (message is null)
            throw new InvalidMessageException("Message is null.");
        sender ??= ActorCell.CurrentSelfOrNoSender;
        var found = Matches();
        foreach (var target in found)
            target.Tell(message, sender);
        if (found.Count == 0)
            new EmptyLocalActorRef(_system, Anchor.Path / _elements).Tell(message, sender);
    }

    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <summary>The actor there; <see cref="ActorNotFoundException"/> where there is none.</summary>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null!), timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException("subject was null");
        }
        catch (Exception fault) when (fault is not ActorNotFoundException)
        {
            throw new ActorNotFoundException("Exception ocurred while resolving ActorSelection", fault);
        }
    }

    public override bool Equals(object? obj) =>
        obj is ActorSelection other && Equals(Anchor, other.Anchor) && _elements.SequenceEqual(other._elements);

    public override int GetHashCode() => HashCode.Combine(Anchor, PathString);

    public override string ToString() =>
        $"ActorSelection[Anchor({Anchor.Path.ToStringWithUid()}), Path({PathString})]";

    internal static ActorSelection Select(IActorRef anchor, string path, ActorSystemImpl system)
    {
        if (ActorPath.TryParse(path, out var full))
        {
            return full!.Address == system.LookupRoot.Path.Address
                ? new ActorSelection(system.LookupRoot, full.Elements, system)
                : new ActorSelection(system.DeadLetters, full.Elements, system);
        }

        return path.StartsWith('/')
            ? new ActorSelection(system.LookupRoot, path.Split('/'), system)
            : new ActorSelection(anchor, path.Split('/'), system);
    }

    private List<IInternalActorRef> Matches()
    {
        var found = new List<IInternalActorRef> { (IInternalActorRef)Anchor };
        foreach (var element in _elements)
        {
            found = element switch
            {
                ".." => found.Select(actor => actor.Parent).Where(parent => !parent.IsNobody()).ToList(),
                "**" => found.SelectMany(Descendants).ToList(),
                _ when element.AsSpan().ContainsAny('*', '?') => found.SelectMany(Children(element)).ToList(),
                _ => found.Select(actor => actor.GetSingleChild(element)).OfType<IInternalActorRef>().ToList()
            };
        }

        return found;
    }

    private static IEnumerable<IInternalActorRef> Descendants(IInternalActorRef actor) =>
        actor.Children.SelectMany(child => Descendants(child).Prepend(child));

    private static Func<IInternalActorRef, IEnumerable<IInternalActorRef>> Children(string pattern)
    {
        var name = new Regex(
            "^" + Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", ".") + "$", RegexOptions.CultureInvariant);
        return actor => actor.Children.Where(child => name.IsMatch(child.Path.Name));
    }
}
