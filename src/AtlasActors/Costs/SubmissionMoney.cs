using System.Text.Json.Serialization;

namespace AtlasActors.Costs;

/// <summary>What became of the money of one submission.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MoneyStatus>))]
internal enum MoneyStatus
{
    /// <summary>On its way; the generation's end charges or releases it.</summary>
    Reserved,

    /// <summary>Spent.</summary>
    Charged,

    /// <summary>Not spent: refused, or the generation failed.</summary>
    Released,

    /// <summary>Possibly spent: nobody knows whether Atlas took the submission.</summary>
    InDoubt,
}

/// <summary>The money of one submission. What is optional is null in journals of before.</summary>
/// <param name="Submission">Its number within its job, from 1.</param>
/// <param name="Amount">The charge where it is spent; before, and where nobody knows, what was estimated.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Estimate">What was estimated when it was begun.</param>
/// <param name="Basis">What the estimate was made by.</param>
/// <param name="Reported">Of what is spent: whether Atlas told the amount, or our estimate stands in for it.</param>
/// <param name="At">
/// When it was spent: when Atlas finished what it pays for. Of money that is not known to be spent, when the submission
/// was begun.
/// </param>
/// <param name="Begun">When it was begun, where it was spent on another UTC day; null where that is the same day.</param>
internal sealed record SubmissionMoney(
    int Submission, Usd Amount, MoneyStatus Status, Usd? Estimate = null, PriceBasis? Basis = null, bool? Reported = null,
    DateTimeOffset? At = null, DateTimeOffset? Begun = null)
{
    /// <summary>Whether it is spent, and only we say how much.</summary>
    [JsonIgnore]
    public bool IsUnconfirmed => Status == MoneyStatus.Charged && Reported != true;
}
