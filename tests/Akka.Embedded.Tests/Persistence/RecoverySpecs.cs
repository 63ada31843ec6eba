using Akka.Actor;
using Akka.Embedded.Tests.Persistence.Support;
using Akka.Persistence;
using Xunit;

namespace Akka.Embedded.Tests.Persistence;

public sealed class RecoverySpecs
{
    [Fact]
    public async Task Commands_wait_until_the_past_is_told()
    {
        await using var system = new PersistentSystem(PersistentSystem.InMemory);
        var actor = system.Start("r-1");
        actor.Tell("command");

        Assert.Equal(["< replayed", "< completed 0", "> command"], await system.Notes.Next(3));
    }

    [Fact]
    public async Task A_journal_that_stays_silent_ends_the_recovery()
    {
        var silent = """
            akka.persistence.journal.unreliable { silent = on, recovery-event-timeout = 100ms }
            """;
        await using var system = new PersistentSystem(UnreliableJournal.Hocon + "\n" + silent);
        system.Start("r-2");

        Assert.StartsWith("no recovery: Recovery timed out", await system.Notes.Next(), StringComparison.Ordinal);
        Assert.Equal("stopped", await system.Notes.Next());
    }

    [Fact]
    public async Task Only_so_many_actors_recover_at_once_and_all_get_their_turn()
    {
        await using var system = new PersistentSystem(
            PersistentSystem.InMemory + "\nakka.persistence.max-concurrent-recoveries = 2");
        for (var n = 0; n < 50; n++)
            system.Start($"r-3-{n}");

        for (var n = 0; n < 50; n++)
            await system.Notes.Until("< completed 0");
    }

    [Fact]
    public async Task Actors_that_die_while_they_recover_give_their_turn_back()
    {
        await using var system = new PersistentSystem(
            UnreliableJournal.Hocon + "\nakka.persistence.max-concurrent-recoveries = 1");
        for (var n = 0; n < 5; n++)
            system.Start($"unreadable-{n}");
        system.Start("r-4");

        await system.Notes.Until("< completed 0");
    }

    [Fact]
    public async Task What_is_persisted_when_recovery_completes_comes_before_the_first_command()
    {
        await using var system = new PersistentSystem(PersistentSystem.InMemory);
        var actor = system.Actors.ActorOf(Props.Create(() => new Founder(system.Notes)));
        actor.Tell("command");

        Assert.Equal(["founded", "command"], await system.Notes.Next(2));
    }

    [Fact]
    public async Task Handlers_of_a_ReceivePersistentActor_are_chosen_by_type_and_order()
    {
        await using var system = new PersistentSystem(PersistentSystem.InMemory);
        var first = system.Actors.ActorOf(Props.Create(() => new Switchboard(system.Notes)));
        foreach (var command in new object[] { 7, 70, "later", "on", "text", 1.5 })
            first.Tell(command);
        Assert.Equal(
            ["recovered", "small 7", "number 70", "awaited later", "switched on", "on: text", "any 1.5"],
            await system.Notes.Next(7));
        await PersistentSystem.Stop(first);

        system.Actors.ActorOf(Props.Create(() => new Switchboard(system.Notes)));

        Assert.Equal(["event on", "recovered"], await system.Notes.Next(2));
    }

    private sealed class Founder : ReceivePersistentActor
    {
        public Founder(Notes notes)
        {
            Recover<RecoveryCompleted>(_ => Persist(new Happened("founded"), happened => notes.Add(happened.What)));
            CommandAny(command => notes.Add($"{command}"));
        }

        public override string PersistenceId => "founder";
    }

    private sealed class Switchboard : ReceivePersistentActor
    {
        public Switchboard(Notes notes)
        {
            Recover<Happened>(happened => notes.Add($"event {happened}"));
            Recover<RecoveryCompleted>(_ => notes.Add("recovered"));
            Command<int>(number => number < 10, number => notes.Add($"small {number}"));
            Command<int>(number => notes.Add($"number {number}"));
            CommandAsync<string>(text => text == "later", async text =>
            {
                await Task.Yield();
                notes.Add($"awaited {text}");
            });
            Command<string>(text => Persist(new Happened(text), happened =>
            {
                notes.Add($"switched {happened}");
                Become(() =>
                {
                    Command<string>(other => notes.Add($"on: {other}"));
                    CommandAny(other => notes.Add(FormattableString.Invariant($"any {other}")));
                });
            }));
        }

        public override string PersistenceId => "switchboard";
    }
}
