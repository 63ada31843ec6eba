using Akka.Actor;

namespace Akka.Embedded.Tests.Soak.Books;

/// <summary>A failure that was ordered, with what its supervisor is to do.</summary>
internal sealed class SoakFailure(long number, Directive wish) : Exception($"failure {number}, to {wish}")
{
    private readonly List<CellRecord> _failed = [];

    public Directive Wish { get; } = wish;

    /// <summary>The failure itself, also where it made a creation or restart fail.</summary>
    public static SoakFailure? In(Exception? fault) =>
        fault is null or SoakFailure ? fault as SoakFailure : In(fault.InnerException);

    /// <summary>These take no message until the failure is decided on: who failed, and to whom it was escalated.</summary>
    public void Failed(CellRecord cell)
    {
        lock (_failed)
            _failed.Add(cell);
    }

    public void Decided()
    {
        CellRecord[] failed;
        lock (_failed)
            failed = [.. _failed];
        foreach (var cell in failed)
            cell.Decided(this);
    }

    public override string ToString() => Message;
}
