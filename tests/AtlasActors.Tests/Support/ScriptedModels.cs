using AtlasActors.Atlas;

namespace AtlasActors.Tests.Support;

/// <summary>An Atlas that publishes the schemas which a test writes down, and counts how often it is asked.</summary>
internal sealed class ScriptedModels : IAtlasInquiries
{
    private readonly Dictionary<string, string?> _inputs = [];

    /// <summary>What is answered in the place of the list; null for the list.</summary>
    public FreeAnswer<IReadOnlyList<ListedModel>>? List { get; set; }

    /// <summary>What is answered in the place of every schema; null for the schema.</summary>
    public FreeAnswer<string>? Schema { get; set; }

    public int Lists { get; private set; }

    public int Schemas { get; private set; }

    /// <summary>Publishes a model with the schema of its input, or without any.</summary>
    public ScriptedModels With(string id, string? input)
    {
        _inputs[id] = input;
        return this;
    }

    public Task<FreeAnswer<IReadOnlyList<ListedModel>>> ListModelsAsync(CancellationToken cancellation)
    {
        Lists++;
        IReadOnlyList<ListedModel> rows =
        [
            .. _inputs.Select(model => new ListedModel(
                model.Key, "Image", null, null, [], [], model.Value is null ? null : "https://static/" + model.Key,
                new ListedPrice(null, null, null, null))),
        ];
        return Task.FromResult(List ?? new FreeAnswer<IReadOnlyList<ListedModel>>.Told(rows));
    }

    public Task<FreeAnswer<string>> SchemaAsync(string address, CancellationToken cancellation)
    {
        Schemas++;
        var input = _inputs[address["https://static/".Length..]];
        return Task.FromResult(Schema ?? new FreeAnswer<string>.Told(
            """{"components":{"schemas":{"Input":""" + input + "}}}"));
    }

    public Task<FreeAnswer<Quote>> QuoteAsync(string body, CancellationToken cancellation) =>
        throw new NotSupportedException("Nobody asks for prices here.");

    public Task<FreeAnswer<Balance>> BalanceAsync(CancellationToken cancellation) =>
        throw new NotSupportedException("Nobody asks for money here.");

    public Task<FreeAnswer<ModelCosts>> ModelCostsAsync(
        DateOnly from, DateOnly before, CancellationToken cancellation) =>
        throw new NotSupportedException("Nobody asks for charges here.");
}
