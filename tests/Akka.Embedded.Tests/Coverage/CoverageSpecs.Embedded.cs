using System.Reflection;
using System.Text.RegularExpressions;
using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Coverage;

/// <summary>
/// members.txt says of every member that others can see which test covers it: there is no member without a test, and
/// nothing on the list that is gone.
/// </summary>
public sealed partial class CoverageSpecs
{
    private static readonly Assembly[] Covered =
        [typeof(ActorSystem).Assembly, typeof(Akka.TestKit.TestProbe).Assembly];

    private static readonly (string Member, string Test)[] List = [.. Read()];

    [Fact]
    public void Every_member_has_a_test()
    {
        var listed = List.Select(line => line.Member).ToHashSet(StringComparer.Ordinal);
        string[] missing = [.. Covered.SelectMany(PublicMembers.Of).Where(member => !listed.Contains(member))];
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_member_on_the_list_is_there()
    {
        var there = Covered.SelectMany(PublicMembers.Of).ToHashSet(StringComparer.Ordinal);
        string[] gone = [.. List.Select(line => line.Member).Where(member => !there.Contains(member))];
        Assert.Empty(gone);
    }

    [Fact]
    public void Every_test_on_the_list_is_there()
    {
        var tests = typeof(CoverageSpecs).Assembly.GetTypes()
            .Where(type => type is { IsPublic: true, IsAbstract: false })
            .SelectMany(type => type.GetMethods().Where(IsTest).Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        string[] gone = [.. List.Select(line => line.Test).Where(test => !tests.Contains(test))];
        Assert.Empty(gone);
    }

    [Fact]
    public void No_member_is_on_the_list_twice() =>
        Assert.Empty(List.GroupBy(line => line.Member).Where(lines => lines.Count() > 1).Select(lines => lines.Key));

    private static bool IsTest(MethodInfo method) => method.IsDefined(typeof(FactAttribute));

    /// <summary>A type stands at the beginning of its line, its members below it, each with its test.</summary>
    private static IEnumerable<(string Member, string Test)> Read()
    {
        using var stream = typeof(CoverageSpecs).Assembly
            .GetManifestResourceStream("Akka.Embedded.Tests.Coverage.members.txt")!;
        using var reader = new StreamReader(stream);
        var type = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            if (Row().Match(line) is { Success: true } row)
                yield return ($"{type} {row.Groups[1].Value}", row.Groups[2].Value);
            else
                type = line;
        }
    }

    [GeneratedRegex(@"^ +(\S+) +(\S+)$")]
    private static partial Regex Row();
}
