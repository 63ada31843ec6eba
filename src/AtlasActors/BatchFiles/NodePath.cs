using System.Text.RegularExpressions;

namespace AtlasActors.BatchFiles;

/// <summary>
/// Names places in a file's tree: <c>jobs[3].poll.max</c>, <c>prices["google/veo3.1"]</c>. Lists count from 1.
/// </summary>
internal static partial class NodePath
{
    public static string Key(string parent, string key) =>
        !SimpleKey().IsMatch(key) ? $"{parent}[\"{Shown.Short(key)}\"]" : parent.Length == 0 ? key : $"{parent}.{key}";

    public static string Item(string parent, int index) => $"{parent}[{index + 1}]";

    [GeneratedRegex(@"^[\w-]+\z")]
    private static partial Regex SimpleKey();
}
