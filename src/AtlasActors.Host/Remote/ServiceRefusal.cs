using System.Net;
using System.Text.Json;
using AtlasActors.BatchFiles;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Remote;

/// <summary>What a service refuses, as a command tells it.</summary>
internal static class ServiceRefusal
{
    private const int LongestProblem = 1 << 20;

    public static CommandException NotReached(ServiceAddress address, Exception fault) =>
        new(ExitCode.Fault, $"The service at {address} is not to be reached: {fault.Message}", fault);

    /// <summary>Its problem details, with a batch file's faults; or the bare status.</summary>
    public static async Task<CommandException> OfAsync(
        ServiceAddress address, HttpResponseMessage answer, CancellationToken cancellation)
    {
        var code = CodeOf(answer.StatusCode);
        var bare = FormattableString.Invariant($"{address} answered {(int)answer.StatusCode} {answer.ReasonPhrase}.");
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json"
            || answer.Content.Headers.ContentLength > LongestProblem)
            return new CommandException(code, bare);
        try
        {
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false));
            var detail = problem.RootElement.TryGetProperty("detail", out var said) ? said.GetString() : null;
            var sentence = (detail ?? bare) + Advice(answer.StatusCode);
            return problem.RootElement.TryGetProperty("faults", out var faults) && faults.ValueKind == JsonValueKind.Array
                ? new CommandException(sentence, "", [.. faults.EnumerateArray().Select(FaultOf)])
                : new CommandException(code, sentence);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or HttpRequestException)
        {
            return new CommandException(code, bare);
        }
    }

    private static ExitCode CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCode.AccountRefused,
        HttpStatusCode.PaymentRequired => ExitCode.BudgetReached,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => ExitCode.BadUsage,
        _ => ExitCode.Fault,
    };

    private static string Advice(HttpStatusCode status) => status == HttpStatusCode.Unauthorized
        ? $" Set {ServiceAddress.KeyVariable}; 'atlas-actors keys add', on the service's machine, makes one."
        : "";

    private static FileFault FaultOf(JsonElement fault) => new(
        fault.GetProperty("line").GetInt32(), fault.GetProperty("column").GetInt32(), fault.GetProperty("path").GetString() ?? "",
        fault.GetProperty("message").GetString() ?? "", Text(fault, "hint")) { File = Text(fault, "file") };

    private static string? Text(JsonElement fault, string name) =>
        fault.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
