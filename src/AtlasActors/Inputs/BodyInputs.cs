using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasActors.Jobs;

namespace AtlasActors.Inputs;

/// <summary>Puts the addresses of a job's inputs into its body. Pure.</summary>
internal static class BodyInputs
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body as it is sent. <paramref name="addresses"/> are those of the inputs, in their order.</summary>
    /// <exception cref="InvalidOperationException">The body has no such place: a fault of whoever made the job.</exception>
    public static string Fill(string body, IReadOnlyList<JobInput> inputs, IReadOnlyList<string> addresses)
    {
        if (inputs.Count == 0)
            return body;
        if (JsonNode.Parse(body) is not JsonObject fields)
            throw new InvalidOperationException("A job's body is no JSON object.");
        for (var i = 0; i < inputs.Count; i++)
            Put(fields, inputs[i], addresses[i]);
        return fields.ToJsonString(Plain);
    }

    private static void Put(JsonObject fields, JobInput input, string address)
    {
        var place = fields[input.Field];
        if (input.Index is not { } index)
        {
            if (place is not JsonValue)
                throw new InvalidOperationException($"A job's body has no text '{input.Field}' for its input.");
            fields[input.Field] = address;
            return;
        }
        if (place is not JsonArray list || index >= list.Count)
            throw new InvalidOperationException($"A job's body has no place {index} in '{input.Field}' for its input.");
        list[index] = address;
    }
}
