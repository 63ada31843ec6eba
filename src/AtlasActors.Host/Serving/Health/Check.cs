using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving.Health;

/// <summary>
/// One thing that the service needs, looked at when somebody asks: no longer than a few seconds, once at a time, and not again
/// for a while. What is wrong with it is logged when it begins.
/// </summary>
/// <param name="name">What it is called.</param>
/// <param name="look">Throws where it does not work.</param>
/// <param name="keptFor">How long it counts that it works.</param>
/// <param name="clock">The time.</param>
/// <param name="log">Where is said what is wrong.</param>
internal sealed class Check(
    string name, Func<CancellationToken, Task> look, TimeSpan keptFor, TimeProvider clock, ILogger log) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), FaultKeptFor = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1);
    private Task _underWay = Task.CompletedTask;
    private DateTimeOffset _until;
    private CheckStatus? _last;

    public async Task<CheckDocument> LookAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_last is { } known && clock.GetUtcNow() < _until) return new CheckDocument(name, known);
            var fault = await FaultAsync().ConfigureAwait(false);
            var status = fault is null ? CheckStatus.Ok : CheckStatus.Failed;
            Tell(status, fault);
            _until = clock.GetUtcNow() + (fault is null ? keptFor : FaultKeptFor);
            _last = status;
            return new CheckDocument(name, status);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>A disk that hangs is not asked a second time before it answers.</summary>
    private async Task<string?> FaultAsync()
    {
        using var end = new CancellationTokenSource(Patience, clock);
        try
        {
            if (_underWay.IsCompleted)
            {
                var token = end.Token;
                _underWay = Task.Run(() => look(token), CancellationToken.None);
            }
            await _underWay.WaitAsync(Patience, clock).ConfigureAwait(false);
            return null;
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            return $"no answer within {Patience.TotalSeconds:0} seconds";
        }
        catch (Exception fault)
        {
            return fault.Message;
        }
    }

    private void Tell(CheckStatus status, string? fault)
    {
        if (status == _last) return;
        if (fault is not null) log.LogWarning("Not ready: {Check}: {Reason}", name, fault);
        else if (_last is not null) log.LogInformation("Ready again: {Check}", name);
    }
}
