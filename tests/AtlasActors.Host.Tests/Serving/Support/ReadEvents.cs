using System.Text.Json;
using AtlasActors.Host.Tests.Support;

namespace AtlasActors.Host.Tests.Serving.Support;

/// <summary>An event as a client of server-sent events reads it.</summary>
internal sealed record ReadEvent(string Id, string Name, JsonElement Data);

/// <summary>A client of server-sent events that reads one connection, event by event.</summary>
internal static class ReadEvents
{
    /// <summary>The events of an answer; ends where the server ends it, and throws where it is cut.</summary>
    public static async IAsyncEnumerable<ReadEvent> FromAsync(HttpClient client, Uri address, string? lastId = null)
    {
        using var limit = new CancellationTokenSource(ProgramProcess.Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        Xunit.Assert.Equal(200, (int)answer.StatusCode);
        Xunit.Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(limit.Token));
        var (id, name) = ("", "");
        while (await lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                yield return new ReadEvent(id, name, JsonDocument.Parse(line[6..]).RootElement);
        }
    }
}
