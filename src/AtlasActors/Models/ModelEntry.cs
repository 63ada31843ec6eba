using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Models;

/// <summary>What is known of a model.</summary>
/// <param name="Id">Its id at Atlas.</param>
/// <param name="Kind">What it makes.</param>
/// <param name="Fields">The common fields that it takes.</param>
/// <param name="Conditions">What one field's value asks of another.</param>
/// <param name="Also">Fields of its own, which stand under <c>params</c>.</param>
/// <param name="Aliases">Other ids that stand for it in batch files.</param>
/// <param name="Deprecated">Since when Atlas lists it no more, or null.</param>
/// <param name="Price">A price that was seen, or null. Estimates go by the batch file's and the tutorial's.</param>
/// <param name="IsOwn">Whether it is from the user's own file of models.</param>
public sealed record ModelEntry(
    string Id, MediaKind Kind, IReadOnlyList<ModelField> Fields, IReadOnlyList<ModelCondition> Conditions,
    IReadOnlyList<string> Also, IReadOnlyList<string> Aliases, string? Deprecated, SeenPrice? Price, bool IsOwn)
{
    /// <summary>How it takes the prompt.</summary>
    public ModelPrompt Prompt { get; init; } = ModelPrompt.Usual;

    /// <summary>How it takes a common field; null when it is not known to.</summary>
    public ModelField? Field(CommonField from)
    {
        foreach (var field in Fields)
        {
            if (field.From == from)
                return field;
        }

        return null;
    }
}

/// <summary>How a model takes the prompt.</summary>
/// <param name="Name">Its own name for it, such as <c>text</c>; null when it takes none.</param>
/// <param name="IsRequired">Whether nothing can be made without it.</param>
public sealed record ModelPrompt(string? Name, bool IsRequired)
{
    /// <summary>As nearly all models take it.</summary>
    public static ModelPrompt Usual { get; } = new("prompt", true);

    /// <summary>Of a model that works on what it is given, such as one that writes down what is said in a sound.</summary>
    public static ModelPrompt None { get; } = new(null, false);
}

/// <summary>How a model takes one of the common fields.</summary>
/// <param name="From">The common field.</param>
/// <param name="Name">The model's own name for it.</param>
public sealed record ModelField(CommonField From, string Name)
{
    /// <summary>How a size is written.</summary>
    public SizeForm Form { get; init; } = SizeForm.Asterisk;

    /// <summary>The values that it takes, as the model spells them; empty when they are not known one by one.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The least number of seconds, or of pixels on a side.</summary>
    public decimal? Least { get; init; }

    /// <summary>The greatest number of seconds, or of pixels on a side.</summary>
    public decimal? Greatest { get; init; }

    /// <summary>Whether -1 leaves it to the model.</summary>
    public bool HasAuto { get; init; }

    /// <summary>The model's own default, or null where it is not known.</summary>
    public string? Usual { get; init; }

    /// <summary>How many addresses it takes at most.</summary>
    public int? Most { get; init; }

    /// <summary>How many megabytes a file that it is given may have, or null where that is not known.</summary>
    public int? Megabytes { get; init; }

    /// <summary>The kinds of files that it takes, such as <c>jpg</c>; empty where they are not known.</summary>
    public IReadOnlyList<string> FileTypes { get; init; } = [];

    /// <summary>Whether nothing can be made without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether another value than these is surely refused: a fault then, and a warning otherwise.</summary>
    public bool IsSure { get; init; }

    /// <summary>The values that it takes, in words: <c>4, 6 or 8 seconds</c>.</summary>
    public string Takes => FieldRules.Words(this);
}

/// <summary>How a model wants a size.</summary>
public enum SizeForm
{
    /// <summary><c>1024*768</c>.</summary>
    Asterisk,

    /// <summary><c>1024x768</c>.</summary>
    Cross,

    /// <summary>Two numbers, <c>width</c> and <c>height</c>.</summary>
    Sides,
}

/// <summary>When one field has one of these values, another must have one of those.</summary>
public sealed record ModelCondition(
    CommonField When, IReadOnlyList<string> Is, CommonField Then, IReadOnlyList<string> Wants, bool IsSure);

/// <summary>A price that was seen somewhere.</summary>
/// <param name="Price">US dollars, and for what.</param>
/// <param name="AsOf">When it was seen.</param>
/// <param name="Note">What else decides it.</param>
public sealed record SeenPrice(ModelPrice Price, string? AsOf, string? Note);
