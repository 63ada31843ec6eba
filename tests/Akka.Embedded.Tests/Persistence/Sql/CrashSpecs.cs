using System.Globalization;
using Akka.Embedded.Tests.Persistence.Support;
using Xunit;

namespace Akka.Embedded.Tests.Persistence.Sql;

public sealed class CrashSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Delete();

    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_told_after_it()
    {
        var file = _folder.File("crash.db");
        var known = 0;
        for (var round = 1; round <= 4; round++)
        {
            var acknowledged = await PersistUntilKilled(file, known + (50 * round));
            var told = await Recover(file);

            Assert.Equal(Enumerable.Range(1, told.Length).Select(n => $"< {n}"), told);
            // One more may have been written whose acknowledgement the kill swallowed.
            Assert.InRange(told.Length, acknowledged, acknowledged + 1);
            known = told.Length;
        }
    }

    private static async Task<int> PersistUntilKilled(string file, int target)
    {
        using var victim = VictimProcess.Start(file);
        var acknowledged = 0;
        while (await victim.StandardOutput.ReadLineAsync() is { } line)
        {
            acknowledged = int.Parse(line, CultureInfo.InvariantCulture);
            if (acknowledged == target)
                victim.Kill();
        }

        await victim.WaitForExitAsync();
        return acknowledged;
    }

    private static async Task<string[]> Recover(string file)
    {
        await using var system = new PersistentSystem(PersistentSystem.Sqlite(file));
        system.Start("victim");
        return await system.Notes.Until("< replayed");
    }
}
