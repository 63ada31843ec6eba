using System.Text.Json.Serialization;
using AtlasActors.Costs;
using AtlasActors.Polling;

namespace AtlasActors.Jobs;

/// <summary>One job as the batch file asks for it, complete: nothing of it is looked up later.</summary>
/// <param name="Number">Its place in the file, from 1; unique in the batch, and its name in the actor's path.</param>
/// <param name="Name">The name as written; need not be unique.</param>
/// <param name="Kind">What it makes.</param>
/// <param name="Model">The model as the file names it; the body has its id at Atlas.</param>
/// <param name="Body">The JSON object that is sent to Atlas: byte for byte, but for the places of <see cref="Inputs"/>.</param>
/// <param name="Price">What one attempt is expected to cost, in US dollars.</param>
/// <param name="Policy">How patient to be with it.</param>
public sealed record JobDefinition(
    int Number, string Name, MediaKind Kind, string Model, string Body,
    [property: JsonPropertyOrder(1)] Usd Price, [property: JsonPropertyOrder(1)] JobPolicy Policy)
{
    private readonly Utf8Text _body = new(Body);

    /// <summary>
    /// The JSON object that is sent to Atlas: byte for byte, but for the places of <see cref="Inputs"/>. Kept as UTF-8, and made
    /// a text whenever it is asked for: there may be 100,000 of them.
    /// </summary>
    public string Body
    {
        get => _body.ToString();
        init => _body = new Utf8Text(value);
    }

    /// <summary>What takes the places of the body's texts that only this machine understands; none by default.</summary>
    [JsonIgnore]
    public IReadOnlyList<JobInput> Inputs { get; init; } = [];

    /// <summary>The same as journals keep it: nothing where there is none.</summary>
    [JsonInclude, JsonPropertyName("inputs"), JsonPropertyOrder(1)]
    internal IReadOnlyList<JobInput>? KeptInputs
    {
        get => Inputs.Count == 0 ? null : Inputs;
        init => Inputs = value ?? [];
    }

    /// <summary>The jobs that must succeed before this one can be submitted.</summary>
    internal IEnumerable<int> Parents => Inputs.Select(input => input.Job).OfType<int>();

    /// <summary>What <see cref="Price"/> was made by; null where nobody said.</summary>
    [JsonPropertyOrder(1)]
    public PriceBasis? PriceBasis { get; init; }
}

/// <summary>How patient to be with a job.</summary>
/// <param name="Retries">Further attempts after a failed generation, each paid for by itself. The tutorial's 2.</param>
/// <param name="MaxWait">
/// How long a generation may take before the job is overdue: it gives its slot back and is polled slowly. 300 s for
/// an image or a sound, 600 s for a video or a 3D model.
/// </param>
/// <param name="Poll">When to ask for the result.</param>
/// <param name="RetryBase">
/// The unit of every wait before another try, 1 s: after failures 1, 2, 4 … times this for images and sounds, 2, 4, 8 …
/// for videos and 3D models; after a 429 4, 8, 16 … times this.
/// </param>
/// <param name="OnUnknownSubmit">What to do when nobody can say whether Atlas took a submission.</param>
public sealed record JobPolicy(
    int Retries, TimeSpan MaxWait, PollPolicy Poll, TimeSpan RetryBase, UnknownSubmit OnUnknownSubmit)
{
    /// <summary>The tutorial's patience for a kind of job.</summary>
    public static JobPolicy For(MediaKind kind) => new(
        2, TimeSpan.FromSeconds(kind.IsSlow() ? 600 : 300), PollPolicy.Default, TimeSpan.FromSeconds(1), UnknownSubmit.Hold);
}

/// <summary>What to do with a submission of which nobody can say whether Atlas took it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnknownSubmit>))]
public enum UnknownSubmit
{
    /// <summary>The job is in doubt, counts as possibly charged, and a person decides.</summary>
    Hold,

    /// <summary>It is submitted again, and may be paid for twice; the file says <c>on_unknown_submit: resubmit</c>.</summary>
    Resubmit,
}
