using System.Text.Json.Serialization;

namespace AtlasActors.Costs;

/// <summary>What an estimate was made by.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PriceBasis>))]
public enum PriceBasis
{
    /// <summary>The price table, or the batch file's own <c>prices</c>.</summary>
    Table,

    /// <summary>No table names the model, so <see cref="PriceTable.AssumedRate"/> stands in.</summary>
    Assumed,

    /// <summary>A price that the catalog of models saw once; it may differ.</summary>
    Seen,

    /// <summary>Atlas's own quote for the job's billing fields.</summary>
    Quote,
}
