using System.Globalization;
using System.Text.RegularExpressions;

namespace AtlasActors.Benchmarks.Scale;

/// <summary>What the simulator says that it has seen.</summary>
/// <param name="Submissions">How many it took.</param>
/// <param name="InFlight">How many of these it still generates.</param>
/// <param name="Polls">How many polls came, of all of them.</param>
internal readonly record struct SeenByAtlas(int Submissions, int InFlight, int Polls);

/// <summary>Asks the simulator what it has seen.</summary>
internal sealed partial class SimulatorPage(Uri baseUrl) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri(baseUrl, "/"), Timeout = TimeSpan.FromMinutes(1),
    };

    /// <summary>The totals, from the page for people: it costs the simulator next to nothing.</summary>
    public async Task<SeenByAtlas> TotalsAsync(CancellationToken cancellation)
    {
        var page = await _client.GetStringAsync("", cancellation);
        return Totals().Match(page) is { Success: true } found
            ? new SeenByAtlas(Number(found.Groups[1]), Number(found.Groups[2]), Number(found.Groups[3]))
            : throw new InvalidOperationException("The simulator's page does not say what it has seen.");
    }

    /// <summary>
    /// How often each prediction was polled, in the order of their submissions. The simulator writes a kilobyte for each, so
    /// this is not for every moment.
    /// </summary>
    public async Task<IReadOnlyList<int>> PollsAsync(CancellationToken cancellation)
    {
        await using var journal = await _client.GetStreamAsync("__journal", cancellation);
        using var reader = new StreamReader(journal);
        var polls = new List<int>();
        // Each property has a line of its own. The first one of this name is the total, and stands before all submissions.
        for (var isInSubmission = false; await reader.ReadLineAsync(cancellation) is { } line;)
        {
            var property = line.AsSpan().Trim();
            isInSubmission |= property.StartsWith("\"submissions\":");
            if (isInSubmission && property.StartsWith(PollsProperty))
                polls.Add(int.Parse(property[PollsProperty.Length..].TrimEnd(','), provider: CultureInfo.InvariantCulture));
        }
        return polls;
    }

    private const string PollsProperty = "\"polls\": ";

    public void Dispose() => _client.Dispose();

    private static int Number(Group group) => int.Parse(group.ValueSpan, provider: CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+) submissions taken, (\d+) in flight,[^;]*;\s*(\d+) polls")]
    private static partial Regex Totals();
}
