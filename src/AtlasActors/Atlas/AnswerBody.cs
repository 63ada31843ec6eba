using System.Globalization;
using System.Text.Json;

namespace AtlasActors.Atlas;

/// <summary>
/// A JSON body in any of the forms that Atlas has answered in, with one name for each thing that is in it.
/// </summary>
internal sealed class AnswerBody
{
    private const int DeepestNesting = 32;
    private const int LongestAddress = 2048;

    /// <summary>Codes that are words, where the word says what an HTTP status would.</summary>
    private static readonly Dictionary<string, int> WordCodes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["INVALID_ARGUMENT"] = 400, ["invalid_param"] = 400, ["invalid_request_error"] = 400,
        ["invalid_date_range"] = 400, ["invalid_api_key"] = 401, ["authentication_error"] = 401,
    };

    // All is read at once, within Parse: a field's name that is no Unicode throws when it is looked at.
    private AnswerBody(JsonElement root)
    {
        var data = root.At("data");
        // Flat forms have no data; some clients have seen it twice.
        var job = data.Object() is { } outer ? outer.At("data").Object() ?? outer : root;
        IsFlat = data.Object() is null;
        HasData = data is not null;
        CodeText = root.At("code").Text() ?? root.At("error", "code").Text();
        Code = Number(CodeText) ?? Number(root.At("error", "type").String());
        ErrorCode = ErrorCodeIn(job) ?? ErrorCodeIn(root);
        IsEnvelope = CodeText is not null || root.At("msg").Text() is not null || root.At("error") is not null;
        Message = MessageIn(root) ?? (IsFlat ? null : MessageIn(job));
        Trace = IsEnvelope ? root.At("request_id").Text() : null;
        JobError = job.At("error").Words();
        Outputs = AnswerOutputs.Of(job, root);
        Texts = Outputs.Count > 0 ? [] : AnswerTexts.Of(job, root);
        Price = job.At("price").Amount() ?? root.At("price").Amount();
        CompletedAt = Moment(job.At("completed_at")) ?? Moment(root.At("completed_at"));
        CreatedAt = Moment(job.At("created_at")) ?? Moment(root.At("created_at"));
        IsFlagged = IsTrue(job.At("has_nsfw_contents")) || IsTrue(root.At("has_nsfw_contents"));
        Status = job.At("status").String() ?? data?.At("status").String() ?? EnvelopeStatus(root);
        Id = PredictionId.In(root);
        IdInError = PredictionId.InError(root);
        NamesPrediction = IdInError is not null || root.At("id") is not null;
        PollUrl = Address(job.At("urls", "get")) ?? Address(root.At("urls", "get"))
            ?? Address(job.At("urls", "result")) ?? Address(root.At("urls", "result"));
        Root = root;
    }

    /// <summary>All of it, for what only one kind of answer has.</summary>
    public JsonElement Root { get; }

    /// <summary>Whether the body is the prediction itself, without an envelope.</summary>
    public bool IsFlat { get; }

    /// <summary>Whether there is a <c>data</c> that is not null.</summary>
    public bool HasData { get; }

    /// <summary>The envelope's code as it is written: a number, a numeral, or a word.</summary>
    public string? CodeText { get; }

    /// <summary>The envelope's code as a number.</summary>
    public int? Code { get; }

    /// <summary>The job's own error code, such as 1039.</summary>
    public string? ErrorCode { get; }

    /// <summary><c>msg</c>, <c>message</c> or <c>error</c>, whichever is there first.</summary>
    public string? Message { get; }

    /// <summary>The request's own id, as error envelopes repeat it; for support.</summary>
    public string? Trace { get; }

    /// <summary>What the job itself says of its failure.</summary>
    public string? JobError { get; }

    /// <summary>The status word as it is written; null when the body tells of no job.</summary>
    public string? Status { get; }

    /// <summary>The addresses of what was made.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>What was made that is no media, as addresses that hold it; only where there are no others.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The real charge in US dollars.</summary>
    public decimal? Price { get; }

    /// <summary>When the job was done, by Atlas's clock.</summary>
    public DateTimeOffset? CompletedAt { get; }

    /// <summary>When it was submitted, by the same clock.</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>Whether Atlas holds an output for unfit to be shown.</summary>
    public bool IsFlagged { get; }

    /// <summary>
    /// Whether this is Atlas's own way to report an error. A lone <c>message</c> is not: gateways write that too.
    /// </summary>
    public bool IsEnvelope { get; }

    /// <summary>The prediction's id, if the answer is no error.</summary>
    public string? Id { get; }

    /// <summary>The prediction's id, if the answer is an error: told by names that cannot mean anything else.</summary>
    public string? IdInError { get; }

    /// <summary>Whether there is an id of something, which a web server's plain error does not have.</summary>
    public bool NamesPrediction { get; }

    /// <summary>Where Atlas says to ask for the prediction.</summary>
    public string? PollUrl { get; }

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
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // A status beside a data object that has none is the envelope's own "success", unless outputs say more.
    private string? EnvelopeStatus(JsonElement root) =>
        IsFlat || Outputs.Count > 0 ? root.At("status").String() : null;

    private static string? ErrorCodeIn(JsonElement element) =>
        (element.At("error_code").Text() ?? element.At("error", "code").Text()) is { } code && code != "0"
            ? code
            : null;

    private static string? MessageIn(JsonElement element) =>
        element.At("msg").String() ?? element.At("message").String() ?? element.At("error").Words();

    private static int? Number(string? code) =>
        code is null ? null
        : WordCodes.TryGetValue(code, out var known) ? known
        : decimal.TryParse(code, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number == decimal.Truncate(number) && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : null;

    private static string? Address(JsonElement? element) =>
        element.String() is { Length: <= LongestAddress } address ? address : null;

    private static DateTimeOffset? Moment(JsonElement? element) =>
        DateTimeOffset.TryParse(
            element.String(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment)
            ? moment
            : null;

    private static bool IsTrue(JsonElement? element) => element?.ValueKind == JsonValueKind.Array
        ? element.Value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.True)
        : element.Flag() == true;
}
