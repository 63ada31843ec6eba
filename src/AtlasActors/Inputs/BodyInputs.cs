using System.Text;
using System.Text.Json;
using AtlasActors.BatchFiles;
using AtlasActors.Jobs;

namespace AtlasActors.Inputs;

/// <summary>Puts the addresses of a job's inputs into its body, and leaves every other byte of it alone. Pure.</summary>
internal static class BodyInputs
{
    /// <summary>The body as it is sent. <paramref name="addresses"/> are those of the inputs, in their order.</summary>
    /// <exception cref="InvalidOperationException">The body has no such place: a fault of whoever made the job.</exception>
    public static string Fill(string body, IReadOnlyList<JobInput> inputs, IReadOnlyList<string> addresses)
    {
        if (inputs.Count == 0)
            return body;
        var bytes = Encoding.UTF8.GetBytes(body);
        var places = Places(bytes);
        var filled = new StringBuilder(body.Length + (100 * inputs.Count));
        var done = 0;
        foreach (var (place, address) in inputs.Select((input, i) => (Place(places, input), addresses[i])).OrderBy(pair => pair.Item1.Start))
        {
            filled.Append(Encoding.UTF8.GetString(bytes, done, place.Start - done));
            JsonText.AppendQuoted(filled, address);
            done = place.End;
        }
        return filled.Append(Encoding.UTF8.GetString(bytes, done, bytes.Length - done)).ToString();
    }

    private static (int Start, int End) Place(
        Dictionary<(string Field, int? Index), (int Start, int End)> places, JobInput input) =>
        places.TryGetValue((input.Field, input.Index), out var place)
            ? place
            : throw new InvalidOperationException(
                input.Index is { } index
                    ? $"A job's body has no text in place {index} of '{input.Field}' for its input."
                    : $"A job's body has no text '{input.Field}' for its input.");

    /// <summary>Where the texts of the body lie: those of its fields, and those in lists that are its fields.</summary>
    private static Dictionary<(string Field, int? Index), (int Start, int End)> Places(byte[] body)
    {
        var places = new Dictionary<(string, int?), (int, int)>();
        var reader = new Utf8JsonReader(body);
        var (field, index) = ("", -1);
        while (reader.Read())
        {
            var isInList = index >= 0 && reader.CurrentDepth == 2;
            if (isInList && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject)) index++;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                    (field, index) = (reader.GetString()!, -1);
                    break;
                case JsonTokenType.StartArray when reader.CurrentDepth == 1:
                    index = 0;
                    break;
                case JsonTokenType.String when reader.CurrentDepth == 1:
                    places[(field, null)] = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                    break;
                case JsonTokenType.String when isInList:
                    places[(field, index - 1)] = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                    break;
            }
        }
        return places;
    }
}
