namespace Akka.Embedded.Tests.Persistence.Support;

/// <summary>The event of these tests.</summary>
public sealed record Happened(string What)
{
    public override string ToString() => What;
}

/// <summary>The state of these tests: all that happened.</summary>
public sealed record Told(string[] What)
{
    public override string ToString() => string.Join("+", What);
}
