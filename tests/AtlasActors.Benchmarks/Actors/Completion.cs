namespace AtlasActors.Benchmarks.Actors;

/// <summary>Ends when it has been told so many times that one of many is done.</summary>
internal sealed class Completion(int expected)
{
    /// <summary>A round that takes this long hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = expected;

    public Task All => _all.Task.WaitAsync(Patience);

    public void OneDone()
    {
        if (Interlocked.Decrement(ref _left) == 0)
            _all.TrySetResult();
    }
}
