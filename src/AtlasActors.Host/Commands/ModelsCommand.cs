using System.CommandLine;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.Host.Commands;

/// <summary>
/// <c>models [WORD]</c>: the models of which is known what they take; with <c>--live</c>, those that Atlas lists.
/// </summary>
internal sealed class ModelsCommand : Command
{
    private readonly Argument<string?> _word = new("WORD")
    {
        Description = "Only models with this in their id; with a whole id, all that is known of it.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _type = new("--type") { Description = "Only models that make this." };

    private readonly Option<bool> _live = new("--live")
    {
        Description = "Set what Atlas lists just now beside what is known; no key is needed.",
    };

    public ModelsCommand(Shell shell) : base("models", "List the models that are known, and what they take.")
    {
        _type.AcceptOnlyFromAmong([.. Enum.GetValues<MediaKind>().Select(kind => kind.Word())]);
        Add(_word);
        Add(_type);
        Add(_live);
        Add(CommonOptions.Json());
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var word = parse.GetValue(_word) ?? "";
        var type = parse.GetValue(_type);
        return parse.GetValue(_live)
            ? TellLiveAsync(shell, word, type, CommonOptions.IsJson(parse))
            : Task.FromResult(Tell(shell, word, type, CommonOptions.IsJson(parse)));
    }

    private static async Task<ExitCode> TellLiveAsync(Shell shell, string word, string? type, bool json)
    {
        using var account = OpenAccount.WithOrWithoutKey(shell);
        var answer = await account.Inquiries.ListModelsAsync(shell.Interrupts.Claim()).ConfigureAwait(false);
        var rows = LiveModelRow.Of(ModelCatalog.Default, AccountAnswer.Require(answer))
            .Where(row => row.Id.Contains(word, StringComparison.OrdinalIgnoreCase)
                || (row.Entry is { } entry && ModelsDocument.Has(entry, word)))
            .Where(row => type is null || row.Kind.Word() == type)
            .ToList();
        if (json)
            Json.Write(shell.Out, new { Models = rows.Select(Document) });
        else
            shell.Out.Write(LiveModelsText.Of(rows, Endpoint.NameOf(Endpoint.Find(shell.Variables()))));
        return ExitCode.Succeeded;
    }

    private static ExitCode Tell(Shell shell, string word, string? type, bool json)
    {
        var catalog = ModelCatalog.Default;
        var models = ModelsDocument.Select(catalog, word, type);
        if (json)
            Json.Write(shell.Out, ModelsDocument.Of(models));
        else
            shell.Out.Write(models.Count == 0 ? Nothing(catalog, word) : ModelsText.Of(models));
        return ExitCode.Succeeded;
    }

    private static string Nothing(ModelCatalog catalog, string word) =>
        $"No known model has '{Texts.OneLine(word, 100)}' in its id"
        + (catalog.Meant(word) is { } meant ? $"; did you mean '{meant}'?" : ".")
        + Environment.NewLine + ModelsText.Unlisted + Environment.NewLine;

    private static object Document(LiveModelRow row) => new
    {
        row.Id,
        Type = row.Kind,
        row.Listing,
        row.Listed?.DisplayName,
        row.Listed?.Organization,
        row.Listed?.Categories,
        row.Listed?.Schema,
        Listed = row.Listed?.Price,
        Seen = ModelsDocument.Of(row.Entry?.Price),
    };
}
