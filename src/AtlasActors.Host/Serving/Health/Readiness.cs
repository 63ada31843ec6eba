using AtlasActors.Atlas;
using AtlasActors.Host.Running;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving.Health;

/// <summary>Whether the service takes batches on and can work on them: what it needs is looked at, and costs nothing.</summary>
internal sealed class Readiness : IDisposable
{
    /// <summary>The service itself, before and after its work.</summary>
    public const string Service = "service";

    private static readonly TimeSpan HereKeptFor = TimeSpan.FromSeconds(5), ThereKeptFor = TimeSpan.FromSeconds(60);

    private readonly ServiceState _state;
    private readonly OpenAccount _account;
    private readonly IReadOnlyList<Check> _checks;

    /// <param name="state">How far the service is.</param>
    /// <param name="folder">Where it works.</param>
    /// <param name="account">The API that it works with; disposed with this.</param>
    /// <param name="clock">The time.</param>
    /// <param name="log">Where is said what is wrong.</param>
    public Readiness(ServiceState state, StateFolder folder, OpenAccount account, TimeProvider clock, ILogger log)
    {
        (_state, _account) = (state, account);
        _checks =
        [
            new Check("journal", _ => Write(folder.ServiceJournal), HereKeptFor, clock, log),
            new Check("folder", _ => Write(folder), HereKeptFor, clock, log),
            new Check("api", ReachAsync, ThereKeptFor, clock, log),
        ];
    }

    /// <summary>Every check; the service's own alone while it is starting or being stopped.</summary>
    public async Task<IReadOnlyList<CheckDocument>> LookAsync() => _state.IsReady
        ? [
            new CheckDocument(Service, CheckStatus.Ok),
            .. await Task.WhenAll(_checks.Select(check => check.LookAsync())).ConfigureAwait(false),
        ]
        : [new CheckDocument(Service, CheckStatus.Failed)];

    public void Dispose()
    {
        foreach (var check in _checks) check.Dispose();
        _account.Dispose();
    }

    /// <summary>
    /// Writes a number that SQLite keeps for programs, and that nobody uses, into the journal's file as it is: a transaction
    /// of its own.
    /// </summary>
    private static Task Write(string journal)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = journal, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 3,
        };
        using var file = new SqliteConnection(settings.ToString());
        file.Open();
        var number = file.QuerySingle<long>("PRAGMA user_version");
        file.Execute(FormattableString.Invariant($"PRAGMA user_version = {number}"));
        return Task.CompletedTask;
    }

    private static Task Write(StateFolder folder)
    {
        folder.Prove();
        return Task.CompletedTask;
    }

    /// <summary>Whatever it answers, it is reached; but with a key that it refuses nothing can be made.</summary>
    private async Task ReachAsync(CancellationToken cancellation)
    {
        var fault = await _account.Inquiries.BalanceAsync(cancellation).ConfigureAwait(false) switch
        {
            FreeAnswer<Balance>.KeyRefused refused => refused.Failure.WithRequest(),
            FreeAnswer<Balance>.Unanswered unanswered => unanswered.Failure.WithRequest(),
            _ => null,
        };
        if (fault is not null) throw new IOException(fault);
    }
}
