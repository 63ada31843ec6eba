using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace AtlasActors.Atlas;

/// <summary>
/// A JSON body in any of the forms that Atlas has answered in, with one name for each thing that is in it. Each is looked for
/// when it is asked for: a poll of a job that runs is asked for its status alone.
/// </summary>
internal sealed class AnswerBody : IDisposable
{
    private const int DeepestNesting = 32;
    private const int LongestAddress = 2048;

    /// <summary>Codes that are words, where the word says what an HTTP status would.</summary>
    private static readonly Dictionary<string, int> WordCodes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["INVALID_ARGUMENT"] = 400, ["invalid_param"] = 400, ["invalid_request_error"] = 400,
        ["invalid_date_range"] = 400, ["invalid_api_key"] = 401, ["authentication_error"] = 401,
    };

    private readonly JsonDocument _document;
    private readonly JsonElement? _data;
    private readonly JsonElement _job;

    private AnswerBody(JsonDocument document)
    {
        _document = document;
        _data = Root.At("data"u8);
        // Flat forms have no data; some clients have seen it twice.
        _job = _data.Object() is { } outer ? outer.At("data"u8).Object() ?? outer : Root;
    }

    /// <summary>All of it, for what only one kind of answer has.</summary>
    public JsonElement Root => _document.RootElement;

    /// <summary>Whether the body is the prediction itself, without an envelope.</summary>
    public bool IsFlat => _data.Object() is null;

    /// <summary>Whether there is a <c>data</c> that is not null.</summary>
    public bool HasData => _data is not null;

    /// <summary>The envelope's code as it is written: a number, a numeral, or a word.</summary>
    public string? CodeText => field ??= Root.At("code"u8).Text() ?? Root.At("error"u8)?.At("code"u8).Text();

    /// <summary>The envelope's code as a number.</summary>
    public int? Code =>
        Root.At("code"u8).WholeNumber() ?? Number(CodeText) ?? Number(Root.At("error"u8)?.At("type"u8).String());

    /// <summary>The job's own error code, such as 1039.</summary>
    public string? ErrorCode => ErrorCodeIn(_job) ?? ErrorCodeIn(Root);

    /// <summary><c>msg</c>, <c>message</c> or <c>error</c>, whichever is there first.</summary>
    public string? Message => field ??= MessageIn(Root) ?? (IsFlat ? null : MessageIn(_job));

    /// <summary>The request's own id, as error envelopes repeat it; for support.</summary>
    public string? Trace => IsEnvelope ? Root.At("request_id"u8).Text() : null;

    /// <summary>What the job itself says of its failure.</summary>
    public string? JobError => _job.At("error"u8).Words();

    /// <summary>The status word as it is written; null when the body tells of no job.</summary>
    public string? Status => field ??=
        _job.At("status"u8).String() ?? _data?.At("status"u8).String() ?? EnvelopeStatus;

    /// <summary>The addresses of what was made.</summary>
    public IReadOnlyList<string> Outputs => field ??= AnswerOutputs.Of(_job, Root);

    /// <summary>What was made that is no media, as addresses that hold it; only where there are no others.</summary>
    public IReadOnlyList<string> Texts => field ??= Outputs.Count > 0 ? [] : AnswerTexts.Of(_job, Root);

    /// <summary>The real charge in US dollars.</summary>
    public decimal? Price => _job.At("price"u8).Amount() ?? Root.At("price"u8).Amount();

    /// <summary>When the job was done, by Atlas's clock.</summary>
    public DateTimeOffset? CompletedAt => Moment(_job.At("completed_at"u8)) ?? Moment(Root.At("completed_at"u8));

    /// <summary>When it was submitted, by the same clock.</summary>
    public DateTimeOffset? CreatedAt => Moment(_job.At("created_at"u8)) ?? Moment(Root.At("created_at"u8));

    /// <summary>Whether Atlas holds an output for unfit to be shown.</summary>
    public bool IsFlagged => IsTrue(_job.At("has_nsfw_contents"u8)) || IsTrue(Root.At("has_nsfw_contents"u8));

    /// <summary>
    /// Whether this is Atlas's own way to report an error. A lone <c>message</c> is not: gateways write that too.
    /// </summary>
    public bool IsEnvelope =>
        CodeText is not null || Root.At("msg"u8).Text() is not null || Root.At("error"u8) is not null;

    /// <summary>The prediction's id, if the answer is no error.</summary>
    public string? Id => PredictionId.In(Root);

    /// <summary>The prediction's id, if the answer is an error: told by names that cannot mean anything else.</summary>
    public string? IdInError => PredictionId.InError(Root);

    /// <summary>Whether there is an id of something, which a web server's plain error does not have.</summary>
    public bool NamesPrediction => IdInError is not null || Root.At("id"u8) is not null;

    /// <summary>Where Atlas says to ask for the prediction.</summary>
    public string? PollUrl =>
        Address(_job, "get"u8) ?? Address(Root, "get"u8) ?? Address(_job, "result"u8) ?? Address(Root, "result"u8);

    /// <summary>
    /// The body as JSON; null when it is not a JSON object, or is nested beyond reason. Nothing of it is copied: it lives as
    /// long as the bytes do, and what it was read with goes back when it is disposed.
    /// </summary>
    public static AnswerBody? Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith("\uFEFF"u8))
            body = body[3..];
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = DeepestNesting });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                var read = new AnswerBody(document);
                if (MayThrow(body.Span))
                    read.LookAtAll();
                document = null;
                return read;
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
        }
        finally
        {
            document?.Dispose();
        }
        return null;
    }

    public void Dispose() => _document.Dispose();

    /// <summary>
    /// Whether a field may throw when it is looked at, because it, or its name, is no Unicode: by bytes that are none, or by
    /// half of a surrogate pair that is escaped.
    /// </summary>
    private static bool MayThrow(ReadOnlySpan<byte> body) =>
        !Utf8.IsValid(body) || body.IndexOf("\\ud"u8) >= 0 || body.IndexOf("\\uD"u8) >= 0;

    private void LookAtAll() => _ = (
        CodeText, Code, ErrorCode, Message, Trace, JobError, Status, Texts, Price, CompletedAt, CreatedAt, IsFlagged,
        IsEnvelope, Id, IdInError, NamesPrediction, PollUrl);

    // A status beside a data object that has none is the envelope's own "success", unless outputs say more.
    private string? EnvelopeStatus => IsFlat || Outputs.Count > 0 ? Root.At("status"u8).String() : null;

    private static string? ErrorCodeIn(JsonElement element) =>
        (element.At("error_code"u8).Text() ?? element.At("error"u8)?.At("code"u8).Text()) is { } code && code != "0"
            ? code
            : null;

    private static string? MessageIn(JsonElement element) =>
        element.At("msg"u8).String() ?? element.At("message"u8).String() ?? element.At("error"u8).Words();

    private static int? Number(string? code) =>
        code is null ? null
        : WordCodes.TryGetValue(code, out var known) ? known
        : decimal.TryParse(code, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number == decimal.Truncate(number) && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : null;

    private static string? Address(JsonElement element, ReadOnlySpan<byte> kind) =>
        element.At("urls"u8)?.At(kind).String() is { Length: <= LongestAddress } address ? address : null;

    private static DateTimeOffset? Moment(JsonElement? element) =>
        DateTimeOffset.TryParse(
            element.String(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment)
            ? moment
            : null;

    private static bool IsTrue(JsonElement? element)
    {
        if (element?.ValueKind != JsonValueKind.Array)
            return element.Flag() == true;
        foreach (var item in element.Value.EnumerateArray())
            if (item.ValueKind == JsonValueKind.True)
                return true;
        return false;
    }
}
