using Akka.Embedded.Tests.Soak.Books;

namespace Akka.Embedded.Tests.Soak.World;

/// <summary>What is persisted under one id. It outlives the actors that own it, one after the other.</summary>
internal sealed class Shelf
{
    private readonly EventBook _book;
    private readonly Findings _findings;
    private readonly History _history = new();
    private long _events;
    private CellRecord? _owner;

    public Shelf(string id, Findings findings)
    {
        (Id, _findings) = (id, findings);
        _book = new EventBook(text => _findings.Report($"shelf {Id} {text}; {_owner}; {_history}"));
    }

    public string Id { get; }

    /// <summary>Nobody else takes the shelf while its owner has not ended.</summary>
    public bool TryOwn(CellRecord owner)
    {
        lock (_book)
        {
            if (_owner is { Ended: false })
                return false;
            _owner = owner;
            return true;
        }
    }

    public long NextEvent() => ++_events;

    public void Write(string what, long about, Action<EventBook> entry)
    {
        lock (_book)
        {
            _history.Add(what, about);
            entry(_book);
        }
    }
}
