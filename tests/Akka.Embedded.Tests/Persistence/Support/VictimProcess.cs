using System.Diagnostics;
using Akka.Actor;

namespace Akka.Embedded.Tests.Persistence.Support;

/// <summary>A process that persists event after event, and prints each number once acknowledged.</summary>
public static class VictimProcess
{
    public static async Task<int> Run(string[] args)
    {
        if (args is not ["persist", var file])
            return 2;
        await using var system = new PersistentSystem(PersistentSystem.Sqlite(file));
        var actor = system.Start("victim");
        actor.Tell((Action<Storyteller>)Next);
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    public static Process Start(string file)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", typeof(VictimProcess).Assembly.Location, "persist", file },
            RedirectStandardOutput = true
        };
        return Process.Start(start)!;
    }

    private static void Next(Storyteller storyteller) => storyteller.Persist(
        new Happened($"{storyteller.Past.Count + 1}"),
        happened =>
        {
            storyteller.Past.Add(happened.What);
            Console.WriteLine(happened.What);
            storyteller.Surroundings.Self.Tell((Action<Storyteller>)Next);
        });
}
