namespace Akka;

/// <summary>Says that something is done, where a task needs a type.</summary>
public sealed class Done
{
    public static readonly Done Instance = new();

    private Done()
    {
    }
}
