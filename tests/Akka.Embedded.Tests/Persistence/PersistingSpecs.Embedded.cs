using Akka.Actor;
using Akka.Embedded.Tests.Persistence.Support;
using Xunit;

namespace Akka.Embedded.Tests.Persistence;

public sealed partial class PersistingSpecs
{
    /// <summary>
    /// Akka.NET documents it so, but lets one command through before, and without one may hold commands back for ever.
    /// </summary>
    [Fact]
    public async Task Persist_in_a_handler_of_PersistAsync_holds_commands_back()
    {
        var actor = await Recovered();
        await CloseJournal();
        actor.Tell(Act(a => a.PersistAsync(new Happened("outer"), outer =>
        {
            a.Remember(outer);
            a.Tell("inner");
            a.Surroundings.Self.Tell("command");
        })));
        OpenJournal();

        Assert.Equal(["outer", "inner", "> command"], await Notes.Next(3));
    }
}
