using System.Globalization;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using AtlasActors.Host.Serving.Records;
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

    /// <summary>A whole number within limits.</summary>
    public int Count(string name, int usual, int least, int most)
    {
        if (Text(name) is not { } text) return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count >= least && count <= most)
            return count;
        Fault(name, FormattableString.Invariant($"is '{text}': give a whole number from {least} to {most}."));
        return usual;
    }

    /// <summary>One of the words for <typeparamref name="T"/>.</summary>
    public T OneOf<T>(string name, T usual) where T : struct, Enum => Text(name) is { } text ? Word<T>(name, text) ?? usual : usual;

    /// <summary>Any of the words for <typeparamref name="T"/>, given once or several times.</summary>
    public IReadOnlyList<T> AnyOf<T>(string name) where T : struct, Enum =>
        [.. All(name).Select(text => Word<T>(name, text)).OfType<T>().Distinct()];

    /// <summary>A time, in the form of RFC 3339, or a day, which stands for its beginning in UTC.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        // In an address an unescaped plus is a space.
        if (DateTimeOffset.TryParse(
                text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && char.IsAsciiDigit(text[0]))
            return time;
        Fault(name, $"is '{text}': give a time such as 2026-11-21T06:00:00Z, or a day.");
        return null;
    }

    /// <summary>A UTC day.</summary>
    public DateOnly? Day(string name)
    {
        if (Text(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Fault(name, $"is '{text}': give a day such as 2026-11-21.");
        return null;
    }

    /// <summary>Yes or no, no where nothing is given. The name alone means yes.</summary>
    public bool Flag(string name)
    {
        var given = All(name);
        if (given.Count > 1 || given is [not ("" or "1" or "true" or "0" or "false")])
            Fault(name, $"is '{string.Join(", ", given)}': give true or false.");
        return given is ["" or "1" or "true"];
    }

    /// <summary>Labels as <c>name:value</c>, given once or several times.</summary>
    public IReadOnlyList<Label> Labels(string name)
    {
        var labels = new List<Label>();
        foreach (var text in All(name))
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && colon < text.Length - 1) labels.Add(new Label(text[..colon], text[(colon + 1)..]));
            else Fault(name, $"is '{text}': give a name and a value, such as team:films.");
        }
        return labels;
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

    private T? Word<T>(string name, string text) where T : struct, Enum
    {
        if (Words.Find<T>(text) is { } value) return value;
        Fault(name, $"is '{text}': give {string.Join(", ", Words.All<T>())}.");
        return null;
    }

    private IReadOnlyList<string> All(string name)
    {
        _known.Add(name);
        return [.. request.Query[name].Select(text => text ?? "")];
    }
}
