using System.Globalization;
using System.Text.Json;

namespace AtlasActors.Atlas;

/// <summary>A JSON body in any of the forms that Atlas has answered in, with one name for each thing that is in it.</summary>
internal sealed class AnswerBody
{
    private const int DeepestNesting = 32;
    private const int LongestId = 256;

    private readonly JsonElement _root;

    private AnswerBody(JsonElement root)
    {
        _root = root;
        var data = root.At("data");
        HasData = data is not null;
        HasNullData = data is null && root.TryGetProperty("data", out _);
        // Flat forms have no data; some clients have seen it twice.
        Job = data.Object() is { } outer ? outer.At("data").Object() ?? outer : root;
        IsFlat = data.Object() is null;
        CodeText = root.At("code").Text() ?? root.At("error", "code").Text();
        Code = Number(CodeText);
        ErrorCode = Job.At("error_code").Text() ?? Job.At("error", "code").Text() ?? root.At("error_code").Text();
        Message = MessageIn(root) ?? (IsFlat ? null : MessageIn(Job));
        JobError = Job.At("error").String() ?? Job.At("error", "message").String();
        Outputs = AnswerOutputs.Of(Job, root);
        Price = PriceIn(Job) ?? PriceIn(root);
        Status = StatusWord(data);
    }

    /// <summary>The object that tells of the prediction: <c>data</c>, or the whole body in flat forms.</summary>
    public JsonElement Job { get; }

    /// <summary>Whether the body is the prediction itself, without an envelope.</summary>
    public bool IsFlat { get; }

    /// <summary>Whether there is a <c>data</c> that is not null.</summary>
    public bool HasData { get; }

    /// <summary>Whether <c>data</c> is there and null, as in Atlas's errors.</summary>
    public bool HasNullData { get; }

    /// <summary>The envelope's code as it is written: a number, a numeral, or a word.</summary>
    public string? CodeText { get; }

    /// <summary>The envelope's code as a number.</summary>
    public int? Code { get; }

    /// <summary>The job's own error code, such as 1039.</summary>
    public string? ErrorCode { get; }

    /// <summary><c>msg</c>, <c>message</c> or <c>error</c>, whichever is there first.</summary>
    public string? Message { get; }

    /// <summary>What the job itself says of its failure.</summary>
    public string? JobError { get; }

    /// <summary>The status word as it is written; null when the body tells of no job.</summary>
    public string? Status { get; }

    /// <summary>The addresses of what was made.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The real charge in US dollars.</summary>
    public decimal? Price { get; }

    /// <summary>
    /// Whether this is Atlas's own way to report an error. A lone <c>message</c> is not: gateways write that too.
    /// </summary>
    public bool IsEnvelope => CodeText is not null || _root.At("msg").Text() is not null || _root.At("error") is not null;

    /// <summary>Where Atlas says to ask for the prediction.</summary>
    public string? PollUrl =>
        Job.At("urls", "get").String() ?? _root.At("urls", "get").String()
        ?? Job.At("urls", "result").String() ?? _root.At("urls", "result").String();

    /// <summary>The body as JSON; null when it is not a JSON object, or is nested beyond reason.</summary>
    public static AnswerBody? Parse(ReadOnlyMemory<byte> body)
    {
        var bytes = body.Span;
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        try
        {
            var root = JsonElement.Parse(bytes, new JsonDocumentOptions { MaxDepth = DeepestNesting });
            return root.ValueKind == JsonValueKind.Object ? new AnswerBody(root) : null;
        }
        // The second: a text in it that is no Unicode is found only when it is read.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// The prediction's id. In an error only names that cannot mean anything else count: there <c>request_id</c> is the
    /// trace of the request, and a flat <c>id</c> may be the error's own.
    /// </summary>
    public string? PredictionId(bool isError)
    {
        var data = _root.At("data");
        string?[] candidates =
        [
            data?.At("id").Text(), data?.At("data", "id").Text(), isError ? null : _root.At("id").Text(),
            data?.At("prediction_id").Text(), data?.At("predictionId").Text(), _root.At("predictionId").Text(),
            _root.At("prediction_id").Text(), isError || HasNullData ? null : _root.At("request_id").Text(),
            isError ? null : data?.At("request_id").Text(),
        ];
        return Array.Find(candidates, IsUsableId);
    }

    // An id of dots would change the address that it becomes a part of.
    private static bool IsUsableId(string? id) =>
        id is { Length: > 0 and <= LongestId } && !id.Any(char.IsControl) && id.Trim('.').Length > 0;

    // Flat or in data; a status beside a data object that has none is the envelope's own "success", unless outputs say more.
    private string? StatusWord(JsonElement? data) =>
        Job.At("status").String() ?? data?.At("status").String()
        ?? (IsFlat || Outputs.Count > 0 ? _root.At("status").String() : null);

    private static string? MessageIn(JsonElement element) =>
        element.At("msg").String() ?? element.At("message").String()
        ?? element.At("error").String() ?? element.At("error", "message").String();

    private static int? Number(string? code) =>
        int.TryParse(code, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
        : string.Equals(code, "INVALID_ARGUMENT", StringComparison.OrdinalIgnoreCase) ? 400
        : null;

    private static decimal? PriceIn(JsonElement element) =>
        decimal.TryParse(element.At("price").Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var price)
        && price >= 0
            ? price
            : null;
}
