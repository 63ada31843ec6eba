using System.Globalization;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Host.Serving;

/// <summary>A parameter of an address that makes no sense.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Message">What is wrong with it, and what to give.</param>
internal sealed record ParameterFault(string Name, string Message);

/// <summary>
/// Reads the parameters of a request's address. All that is wrong with them is told at once, by
/// <see cref="ThrowIfFaulty"/>; so is what nobody asked for.
/// </summary>
internal sealed class QueryReading(HttpRequest request)
{
    private readonly List<ParameterFault> _faults = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>A text; null where none is given.</summary>
    public string? Text(string name)
    {
        var given = All(name);
        if (given.Count > 1) Fault(name, "is given more than once.");
        else if (given is [""]) Fault(name, "is empty.");
        return given is [{ Length: > 0 } text] ? text : null;
    }

    /// <summary>Yes or no, no where nothing is given. The name alone means yes.</summary>
    public bool Flag(string name)
    {
        var given = All(name);
        if (given.Count > 1 || given is [not ("" or "1" or "true" or "0" or "false")])
            Fault(name, $"is '{string.Join(", ", given)}': give true or false.");
        return given is ["" or "1" or "true"];
    }

    /// <summary>US dollars above 0; null where none are given.</summary>
    public Usd? Money(string name)
    {
        if (Text(name) is not { } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount is > 0 and <= 10_000_000)
            return new Usd(amount);
        Fault(name, $"is '{text}': give US dollars above 0, such as 2.50.");
        return null;
    }

    public void Fault(string name, string message) => _faults.Add(new ParameterFault(name, message));

    /// <exception cref="ProblemException">Something was wrong; it has all of it.</exception>
    public void ThrowIfFaulty()
    {
        foreach (var name in request.Query.Keys.Where(name => !_known.Contains(name)).Order(StringComparer.Ordinal))
            Fault(name, $"is no parameter here: {Advice(name)}");
        if (_faults.Count > 0)
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                string.Join(' ', _faults.Select(fault => $"{fault.Name} {fault.Message}"))) { Parameters = _faults };
    }

    private string Advice(string name) => _known.Count == 0
        ? "there are none."
        : DidYouMean.Hint(name, _known) ?? $"there are {string.Join(", ", _known.Order())}.";

    private IReadOnlyList<string> All(string name)
    {
        _known.Add(name);
        return [.. request.Query[name].Select(text => text ?? "")];
    }
}
