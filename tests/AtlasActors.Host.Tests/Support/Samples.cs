using System.Runtime.CompilerServices;

namespace AtlasActors.Host.Tests.Support;

/// <summary>The repository's own batch files, and what lies in its docs.</summary>
internal static class Samples
{
    public static string Path(string name) => System.IO.Path.Combine(Root(), "samples", name);

    public static string InDocs(string name) => System.IO.Path.Combine(Root(), "docs", name);

    private static string Root([CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", ".."));
}
