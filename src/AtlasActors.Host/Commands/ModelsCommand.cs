using System.CommandLine;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Models;

namespace AtlasActors.Host.Commands;

/// <summary><c>models [WORD]</c>: the models of which is known what they take.</summary>
internal sealed class ModelsCommand : Command
{
    private readonly Argument<string?> _word = new("WORD")
    {
        Description = "Only models with this in their id; with a whole id, all that is known of it.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public ModelsCommand(Shell shell) : base("models", "List the models that are known, and what they take.")
    {
        Add(_word);
        Add(CommonOptions.Json());
        CommandAction.Set(this, shell, parse => Task.FromResult(Run(shell, parse)));
    }

    private ExitCode Run(Shell shell, ParseResult parse)
    {
        var catalog = ModelCatalog.Default;
        var word = parse.GetValue(_word) ?? "";
        var models = catalog.Find(word) is { } one ? [one] : catalog.Entries.Where(model => Has(model, word)).ToList();
        if (CommonOptions.IsJson(parse))
            Json.Write(shell.Out, new { Models = models.Select(Document) });
        else
            shell.Out.Write(models.Count == 0 ? Nothing(catalog, word) : ModelsText.Of(models));
        return ExitCode.Succeeded;
    }

    private static bool Has(ModelEntry model, string word) =>
        model.Aliases.Prepend(model.Id).Any(name => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string Nothing(ModelCatalog catalog, string word) =>
        $"No known model has '{Texts.OneLine(word, 100)}' in its id"
        + (catalog.Meant(word) is { } meant ? $"; did you mean '{meant}'?" : ".")
        + Environment.NewLine + ModelsText.Unlisted + Environment.NewLine;

    private static object Document(ModelEntry model) => new
    {
        model.Id,
        Type = model.Kind,
        model.Aliases,
        model.Deprecated,
        Fields = model.Fields.Select(field => new
        {
            Field = field.From.Word(), field.Name, field.Values, From = field.Least, To = field.Greatest,
            Auto = field.HasAuto, field.Usual, field.Most, Required = field.IsRequired, Sure = field.IsSure,
            Form = field.From == CommonField.Size ? ModelsText.Form(field) : null,
        }),
        Conditions = model.Conditions.Select(condition => new
        {
            When = condition.When.Word(), condition.Is, Then = condition.Then.Word(), condition.Wants,
            Sure = condition.IsSure,
        }),
        Params = model.Also,
        Price = model.Price is { } seen
            ? new { Usd = seen.Price.Rate, Per = ModelsText.Unit(seen.Price.Unit), seen.AsOf, seen.Note }
            : null,
    };
}
