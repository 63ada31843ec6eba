namespace AtlasActors.Jobs;

/// <summary>
/// Whether jobs of a batch wait for a slot. One for the coordinator, which says so, and its jobs' actors, which ask before
/// each poll: it changes hardly ever, and thousands would have to be told.
/// </summary>
internal sealed class SlotQueue
{
    private volatile bool _isPressed;

    public bool IsPressed
    {
        get => _isPressed;
        set => _isPressed = value;
    }
}
