using System.Text.Json.Serialization;
using AtlasActors.BatchFiles;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AtlasActors.Host.Serving;

/// <summary>The body of every answer that is an error: problem details (RFC 9457), with a batch file's faults.</summary>
internal sealed record Problem(
    int Status, string Title,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FileFault>? Faults)
{
    public const string ContentType = "application/problem+json";

    /// <summary>A problem with a sentence on it, or none.</summary>
    public static Problem Of(int status, string? detail = null, IReadOnlyList<FileFault>? faults = null) =>
        new(status, ReasonPhrases.GetReasonPhrase(status), detail, faults);

    /// <summary>Answers with it.</summary>
    public static Task AnswerAsync(
        HttpContext context, int status, string? detail = null, IReadOnlyList<FileFault>? faults = null)
    {
        context.Response.StatusCode = status;
        return Answer.WriteAsync(context, Of(status, detail, faults), ContentType);
    }
}

/// <summary>What ends a request early: a status, and a sentence for whoever asked.</summary>
internal sealed class ProblemException(int status, string detail, IReadOnlyList<FileFault>? faults = null) : Exception(detail)
{
    public int Status { get; } = status;

    public IReadOnlyList<FileFault>? Faults { get; } = faults;
}
