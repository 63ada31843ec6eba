using System.Text.Json.Serialization;
using AtlasActors.BatchFiles;
using AtlasActors.Host.Serving.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AtlasActors.Host.Serving;

/// <summary>
/// The body of every answer that is an error: problem details (RFC 9457), with a batch file's faults, or with what is
/// wrong with the address's parameters.
/// </summary>
internal sealed record Problem(
    int Status, string Title,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FileFault>? Faults)
{
    public const string ContentType = "application/problem+json";

    /// <summary>There is no page on any of them: the status says all that the type would.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; init; } = "about:blank";

    /// <summary>What is wrong with the address's parameters; null where nothing is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ParameterFault>? Parameters { get; init; }

    /// <summary>What the service needs, and how it is; null where nobody asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CheckDocument>? Checks { get; init; }

    /// <summary>This very request, as the header X-Request-Id and the log name it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instance { get; init; }

    /// <summary>A problem with a sentence on it, or none.</summary>
    public static Problem Of(int status, string? detail = null, IReadOnlyList<FileFault>? faults = null) =>
        new(status, ReasonPhrases.GetReasonPhrase(status), detail, faults);

    /// <summary>Answers with it.</summary>
    public static Task AnswerAsync(
        HttpContext context, int status, string? detail = null, IReadOnlyList<FileFault>? faults = null) =>
        AnswerAsync(context, Of(status, detail, faults));

    /// <summary>Answers with it.</summary>
    public static Task AnswerAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        return Answer.WriteAsync(context, problem.In(context), ContentType);
    }

    /// <summary>The problem of this request.</summary>
    public Problem In(HttpContext context) => this with { Instance = $"urn:uuid:{context.TraceIdentifier}" };
}

/// <summary>What ends a request early: a status, and a sentence for whoever asked.</summary>
internal sealed class ProblemException(int status, string detail, IReadOnlyList<FileFault>? faults = null) : Exception(detail)
{
    public int Status { get; } = status;

    public IReadOnlyList<FileFault>? Faults { get; } = faults;

    /// <summary>What is wrong with the address's parameters; null where nothing is.</summary>
    public IReadOnlyList<ParameterFault>? Parameters { get; init; }

    public Problem ToProblem() => Problem.Of(Status, Message, Faults) with { Parameters = Parameters };
}
