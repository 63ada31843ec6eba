using System.Globalization;
using System.Text.Json;
using AtlasActors.Simulator.Models;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Http;

/// <summary>Reads the fields of a submission that decide what is made and what it costs.</summary>
internal static class SubmitFields
{
    private const int DefaultSide = 1024;
    private const int MaxSide = 4096;
    private const decimal DefaultSeconds = 5;
    private const decimal MaxSeconds = 60;
    private const int MaxCount = 15;

    /// <summary>The order, or what is wrong with the body.</summary>
    public static (SubmitOrder? Order, string? Objection) Read(MediaKind kind, JsonElement body, AnswerForm form)
    {
        if (Text(body, "model") is not { } model) return (null, "model is required");
        var fields = FieldsOf(body, form);
        var known = SimulatedModels.FindByAnyName(model);
        if (PromptOf(fields, known) is not { } prompt) return (null, "prompt is required");
        return Shape(kind, fields, known) is { } shape
            ? (new SubmitOrder(kind, model, prompt, shape, OutputOf(kind, known), new SubmissionTerms()), null)
            : (null, "Invalid request parameters");
    }

    /// <summary>
    /// Where the model's fields are. The reference page nests everything but the model under input; the real service
    /// reads the top level only.
    /// </summary>
    public static JsonElement FieldsOf(JsonElement body, AnswerForm form) =>
        form == AnswerForm.Reference && body.TryGetProperty("input", out var input)
        && input.ValueKind == JsonValueKind.Object ? input : body;

    public static bool IsOn(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>What a body asks for where no path says so: by the model's name, or by having a duration.</summary>
    public static MediaKind KindOfBody(JsonElement body) =>
        SimulatedModels.FindByAnyName(Text(body, "model") ?? "")?.Kind
        ?? (body.TryGetProperty("duration", out _) ? MediaKind.Video : KindOfName(Text(body, "model") ?? ""));

    public static MediaKind KindOfName(string model) =>
        model.Contains("video", StringComparison.OrdinalIgnoreCase) ? MediaKind.Video : MediaKind.Image;

    // Models that speak take a text, models that listen or look take none at all.
    private static string? PromptOf(JsonElement fields, SimulatedModel? known) =>
        Text(fields, "prompt") ?? Text(fields, "text")
        ?? (known is null || known.Required.Contains("prompt") ? null : "");

    // A job that was sent to another path than its model's makes what the path says.
    private static OutputFormat OutputOf(MediaKind kind, SimulatedModel? known) =>
        known?.Kind == kind ? known.Output : OutputFormats.OfKind(kind);

    private static MediaShape? Shape(MediaKind kind, JsonElement fields, SimulatedModel? known)
    {
        var count = Number(fields, "num_images") ?? Number(fields, "max_images") ?? 1;
        var seconds = kind == MediaKind.Video ? Seconds(fields, known) : 0;
        var isLengthGood = kind != MediaKind.Video || seconds is > 0 and <= MaxSeconds;
        return isLengthGood && count is >= 1 and <= MaxCount && Size(kind, fields) is var (width, height)
            ? new MediaShape(width, height, seconds, (int)count, Text(fields, "resolution"))
            : null;
    }

    // -1 leaves the length to the model.
    private static decimal Seconds(JsonElement fields, SimulatedModel? known)
    {
        var usual = known?.DefaultOf("duration") ?? DefaultSeconds;
        return Number(fields, "duration") is { } seconds && seconds != -1 ? seconds : usual;
    }

    private static (int Width, int Height)? Size(MediaKind kind, JsonElement fields)
    {
        if (Text(fields, "size") is { } size) return Pair(size, ['*', 'x', 'X']) is var (w, h) ? Checked(w, h) : null;
        if (Number(fields, "width") is { } width)
            return Checked(width, Number(fields, "height") ?? DefaultSide);
        if (Number(fields, "height") is { } height) return Checked(DefaultSide, height);
        var usual = kind == MediaKind.Video ? "16:9" : "1:1";
        var aspect = Text(fields, "aspect_ratio") ?? Text(fields, "ratio") ?? usual;
        // adaptive and auto leave the shape to the model.
        return Pair(aspect, [':']) is var (across, down)
            ? OfAspect((double)(across / down))
            : (DefaultSide, DefaultSide);
    }

    private static (int Width, int Height)? Checked(decimal width, decimal height) =>
        width is >= 16 and <= MaxSide && height is >= 16 and <= MaxSide ? ((int)width, (int)height) : null;

    // About a megapixel of that shape, in steps of 16 pixels as the models have it.
    private static (int Width, int Height) OfAspect(double ratio)
    {
        var root = Math.Sqrt(Math.Clamp(ratio, 1 / 8.0, 8));
        return (Stepped(DefaultSide * root), Stepped(DefaultSide / root));
    }

    private static int Stepped(double side) => (int)Math.Round(side / 16) * 16;

    private static (decimal First, decimal Second)? Pair(string text, char[] separators)
    {
        var parts = text.Split(separators, StringSplitOptions.TrimEntries);
        return parts.Length == 2 && Parse(parts[0]) is > 0 and var first && Parse(parts[1]) is > 0 and var second
            ? (first, second)
            : null;
    }

    public static string? Text(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : null;

    private static decimal? Number(JsonElement fields, string name) =>
        !fields.TryGetProperty(name, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetDecimal(out var number) => number,
            JsonValueKind.String => Parse(value.GetString()!),
            _ => null,
        };

    private static decimal? Parse(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
