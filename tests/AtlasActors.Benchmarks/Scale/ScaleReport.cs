using System.Globalization;

namespace AtlasActors.Benchmarks.Scale;

/// <summary>What was found, in the order it was found in; each is told at once, in case that the rest is never found.</summary>
internal sealed class ScaleReport(Action<string> progress)
{
    private readonly List<(string What, string Found)> _rows = [];

    /// <summary>Tells what is being waited for.</summary>
    public void Say(string sentence) => progress(sentence);

    public void Add(string what, string found)
    {
        _rows.Add((what, found));
        progress($"= {what}: {found}");
    }

    public void AddTime(string what, TimeSpan time) =>
        Add(what, string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"));

    /// <summary>Bytes, as so many millions.</summary>
    public void AddMemory(string what, long bytes) =>
        Add(what, string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB"));

    public void AddRate(string what, double perSecond) =>
        Add(what, string.Create(CultureInfo.InvariantCulture, $"{perSecond:0}/s"));

    /// <summary>All of it as a table of Markdown under its heading.</summary>
    public string Table(string heading) => string.Join(
        Environment.NewLine,
        [heading, "", "| | found |", "|---|---:|", .. _rows.Select(row => $"| {row.What} | {row.Found} |")]);
}
