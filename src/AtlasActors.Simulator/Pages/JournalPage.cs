using System.Text.Encodings.Web;
using System.Text.Json;
using AtlasActors.Simulator.Http;
using AtlasActors.Simulator.Predictions;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Pages;

/// <summary>Everything that was seen, as one JSON document for tests; written out as it goes, however long.</summary>
internal sealed class JournalPage(SimulatorOptions options, PredictionBook book, SeenTraffic seen)
{
    private const int FlushAt = 64 * 1024;

    private static readonly JsonWriterOptions Json = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public async Task ServeAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        var now = options.Clock.GetUtcNow();
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, Json);
        writer.WriteStartObject();
        WriteTotals(writer);
        writer.WriteStartArray("submissions");
        foreach (var tracked in book.All())
        {
            Write(writer, tracked, now);
            if (writer.BytesPending < FlushAt) continue;
            await writer.FlushAsync(context.RequestAborted);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("uploads");
        foreach (var file in seen.UploadedFiles) Write(writer, file);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteTotals(Utf8JsonWriter writer)
    {
        var (inFlight, charged) = book.Totals();
        writer.WriteString("form", options.Form.ToString());
        writer.WriteNumber("speed", options.Speed);
        writer.WriteBoolean("strict", options.Strict);
        writer.WriteNumber("submit_requests", seen.SubmitRequests);
        writer.WriteNumber("in_flight", inFlight);
        writer.WriteNumber("polls", seen.Polls);
        writer.WriteNumber("downloads", seen.Downloads);
        writer.WriteString("charged", AnswerForms.Usd(charged));
        writer.WriteStartObject("requests");
        foreach (var (path, count) in seen.Requests) writer.WriteNumber(path, count);
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, TrackedPrediction tracked, DateTimeOffset now)
    {
        var prediction = tracked.Prediction;
        var isDone = prediction.IsDone(now);
        writer.WriteStartObject();
        writer.WriteNumber("number", prediction.Number);
        writer.WriteString("id", prediction.Id);
        writer.WriteString("account", prediction.Account);
        writer.WriteString("type", prediction.Kind.ToString());
        writer.WriteString("model", prediction.Model);
        writer.WriteString("prompt", prediction.Prompt);
        writer.WriteNumber("attempt", prediction.Attempt);
        writer.WriteString("status", StatusWords.At(options, prediction, now));
        writer.WriteString("accepted_at", AnswerForms.Iso(prediction.AcceptedAt));
        writer.WriteString("done_at", AnswerForms.Iso(prediction.DoneAt));
        writer.WriteString("reserved", AnswerForms.Usd(isDone ? 0 : prediction.Reserved));
        writer.WriteString("charged", AnswerForms.Usd(isDone && prediction.IsCharged ? prediction.Price : 0));
        writer.WriteNumber("polls", tracked.Polls);
        writer.WriteNumber("downloads", tracked.Downloads);
        WriteOutputs(writer, tracked);
        WriteTerms(writer, prediction.Terms);
        WriteCalls(writer, tracked);
        writer.WriteEndObject();
    }

    private static void WriteOutputs(Utf8JsonWriter writer, TrackedPrediction tracked)
    {
        writer.WriteStartArray("outputs");
        foreach (var name in tracked.Prediction.OutputNames()) writer.WriteStringValue(name);
        writer.WriteEndArray();
    }

    private static void WriteTerms(Utf8JsonWriter writer, SubmissionTerms? terms)
    {
        writer.WriteString("webhook_url", terms?.WebhookUrl);
        writer.WritePropertyName("body");
        if (terms?.Body is { } body) writer.WriteRawValue(body);
        else writer.WriteNullValue();
    }

    private static void WriteCalls(Utf8JsonWriter writer, TrackedPrediction tracked)
    {
        writer.WriteStartArray("webhooks");
        foreach (var call in tracked.Calls)
        {
            writer.WriteStartObject();
            writer.WriteNumber("attempt", call.Attempt);
            writer.WriteString("at", AnswerForms.Iso(call.At));
            if (call.Status is { } status) writer.WriteNumber("status", status);
            else writer.WriteNull("status");
            writer.WriteString("fault", call.Fault.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, SeenUpload file)
    {
        writer.WriteStartObject();
        writer.WriteString("file_name", file.FileName);
        writer.WriteString("content_type", file.ContentType);
        writer.WriteNumber("size", file.Size);
        writer.WriteString("sha256", file.Sha256);
        writer.WriteString("path", file.Path);
        writer.WriteString("account", file.Account);
        writer.WriteString("at", AnswerForms.Iso(file.At));
        writer.WriteEndObject();
    }
}
