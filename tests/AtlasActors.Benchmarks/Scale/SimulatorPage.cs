using System.Globalization;
using System.Text.RegularExpressions;

namespace AtlasActors.Benchmarks.Scale;

/// <summary>What the simulator says that it has seen.</summary>
/// <param name="Submissions">How many it took.</param>
/// <param name="InFlight">How many of these it still generates.</param>
/// <param name="Polls">How many polls came, of all of them.</param>
internal readonly record struct SeenByAtlas(int Submissions, int InFlight, int Polls);

/// <summary>A submission that the simulator took.</summary>
/// <param name="AcceptedAt">When, by the clock of this machine.</param>
/// <param name="Polls">How often it was asked after.</param>
internal readonly record struct SeenSubmission(DateTimeOffset AcceptedAt, int Polls);

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
    /// All submissions, in their order. The simulator writes a kilobyte for each, so this is not for every moment.
    /// </summary>
    public async Task<IReadOnlyList<SeenSubmission>> SubmissionsAsync(CancellationToken cancellation)
    {
        await using var journal = await _client.GetStreamAsync("__journal", cancellation);
        using var reader = new StreamReader(journal);
        var seen = new List<SeenSubmission>();
        // Each property has a line of its own, and this one comes before the polls; the first line of polls, before all
        // submissions, is the total.
        DateTimeOffset? accepted = null;
        while (await reader.ReadLineAsync(cancellation) is { } line)
            if (Value(line, "accepted_at") is { } time)
                accepted = DateTimeOffset.Parse(time.Trim('"'), CultureInfo.InvariantCulture);
            else if (accepted is { } at && Value(line, "polls") is { } polls)
                seen.Add(new SeenSubmission(at, int.Parse(polls, CultureInfo.InvariantCulture)));
        return seen;
    }

    // Of a line such as   "polls": 3,
    private static string? Value(string line, string property)
    {
        var text = line.AsSpan().Trim();
        return text.StartsWith($"\"{property}\": ") ? text[(property.Length + 4)..].TrimEnd(',').ToString() : null;
    }

    public void Dispose() => _client.Dispose();

    private static int Number(Group group) => int.Parse(group.ValueSpan, provider: CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+) submissions taken, (\d+) in flight,[^;]*;\s*(\d+) polls")]
    private static partial Regex Totals();
}
