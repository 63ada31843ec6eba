using System.Globalization;
using System.Net;
using System.Text;
using AtlasActors.Simulator.Http;
using AtlasActors.Simulator.Predictions;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Pages;

/// <summary>What has been asked and charged so far, for a person with a browser; it loads itself again.</summary>
internal sealed class SummaryPage(SimulatorOptions options, PredictionBook book, SeenTraffic seen)
{
    private const int Latest = 20;
    private const int PromptLength = 80;

    private const string Head =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="refresh" content="5">
        <title>A local Atlas Cloud</title>
        <style>
        body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
        table { border-collapse: collapse; margin-bottom: 1.5rem; }
        th, td { border-bottom: 1px solid #ccc; padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
        td.n, th.n { text-align: right; }
        </style>
        </head>
        <body>
        <h1>A local Atlas Cloud</h1>

        """;

    public Task ServeAsync(HttpContext context)
    {
        var page = new StringBuilder(Head);
        WriteTotals(page);
        WriteRequests(page);
        WriteModels(page);
        WriteLatest(page);
        page.Append("<p>All of it as JSON: <a href=\"/__journal\">/__journal</a></p>\n</body>\n</html>\n");
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return context.Response.WriteAsync(page.ToString(), context.RequestAborted);
    }

    private void WriteTotals(StringBuilder page)
    {
        var (inFlight, charged) = book.Totals();
        page.Append(CultureInfo.InvariantCulture, $"""
            <p>It answers in the {options.Form} form{(options.Strict ? ", strictly" : "")}, {options.Speed} times faster
            than life. {book.Count} submissions taken, {inFlight} in flight, {AnswerForms.Usd(charged)} USD charged;
            {seen.Polls} polls, {seen.Downloads} downloads, {seen.Uploads} uploads.</p>

            """);
    }

    private void WriteRequests(StringBuilder page)
    {
        Begin(page, "Requests", "path", "#requests");
        foreach (var (path, count) in seen.Requests) Row(page, path, count);
        End(page);
    }

    private void WriteModels(StringBuilder page)
    {
        Begin(page, "Models", "model", "#submitted", "#in flight", "#not completed", "#charged, USD");
        foreach (var (model, tally) in book.ByModel())
            Row(page, model, tally.Submitted, tally.InFlight, tally.NotCompleted, AnswerForms.Usd(tally.Charged));
        End(page);
    }

    private void WriteLatest(StringBuilder page)
    {
        var now = options.Clock.GetUtcNow();
        Begin(page, "The latest", "accepted", "id", "status", "model", "prompt", "#polls");
        foreach (var tracked in book.Latest(Latest))
        {
            var prediction = tracked.Prediction;
            Row(
                page, AnswerForms.Iso(prediction.AcceptedAt), prediction.Id,
                StatusWords.At(options, prediction, now), prediction.Model, Shortened(prediction.Prompt),
                tracked.Polls);
        }

        End(page);
    }

    private static string Shortened(string prompt) =>
        prompt.Length <= PromptLength ? prompt : prompt[..PromptLength] + "…";

    // A column whose name begins with # has numbers.
    private static void Begin(StringBuilder page, string title, params string[] columns)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2>\n<table>\n<tr>");
        foreach (var column in columns)
            page.Append(column[0] == '#' ? $"<th class=\"n\">{column[1..]}</th>" : $"<th>{column}</th>");
        page.Append("</tr>\n");
    }

    private static void Row(StringBuilder page, params object[] cells)
    {
        page.Append("<tr>");
        foreach (var cell in cells)
        {
            var text = WebUtility.HtmlEncode(Convert.ToString(cell, CultureInfo.InvariantCulture));
            page.Append(cell is int ? $"<td class=\"n\">{text}</td>" : $"<td>{text}</td>");
        }

        page.Append("</tr>\n");
    }

    private static void End(StringBuilder page) => page.Append("</table>\n");
}
