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

/// <summary>The money of one submission, numbered from 1 within its job.</summary>
internal sealed record SubmissionMoney(int Submission, Usd Amount, MoneyStatus Status);
