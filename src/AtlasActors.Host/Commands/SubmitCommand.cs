using System.CommandLine;
using System.Net.Http.Headers;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using AtlasActors.Host.Remote;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary><c>submit FILE --to URL</c>: has a service work on a batch file, with the files that it names.</summary>
internal sealed class SubmitCommand : Command
{
    private readonly Argument<string> _file = BatchFileInput.Argument();

    private readonly Option<string?> _to = RemoteOptions.To();

    private readonly Option<Usd?> _maxCost = CommonOptions.Money("--max-cost", "The most that may be spent on the batch.");

    private readonly Option<bool> _watch = new("--watch")
    {
        Description = "Tell each job's end until the batch rests; Ctrl-C ends the watching alone.",
    };

    public SubmitCommand(Shell shell) : base("submit", "Have a service work on a batch file; the files that it names go along.")
    {
        Add(_file);
        Add(_to);
        Add(_maxCost);
        Add(_watch);
        Add(CommonOptions.Json());
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private async Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var (file, json) = (parse.GetRequiredValue(_file), CommonOptions.IsJson(parse));
        var address = ServiceAddress.Of(parse.GetValue(_to), shell.Variables());
        // Read here too: what is wrong is told with this machine's names, and nothing is sent in vain.
        var path = shell.FullPath(file);
        var reading = BatchFileReader.ReadFile(path);
        BatchFileInput.Of(shell, file, reading, silent: json, strict: false, BatchFileInput.FewWarnings);
        RefuseFolders(file, reading.Files.Keys);
        var interrupted = shell.Interrupts.Claim();
        using var service = new ServiceClient(address, shell.Clock);
        var query = parse.GetValue(_maxCost) is { } budget ? $"?max_cost={budget.Amount}" : "";
        var begun = await service.PostAsync($"v1/batches{query}", () => BodyOf(path, reading.Files), interrupted).ConfigureAwait(false);
        var batch = begun.GetProperty("batch");
        var id = RemoteText.Word(batch, "id");
        if (json)
            shell.Out.WriteLine(Json.Line(begun));
        else
            shell.Out.WriteLine($"{file} is batch {id} of {address}, with {Texts.Count(RemoteText.Number(batch, "total"), "job")}.");
        return parse.GetValue(_watch)
            ? await RemoteBatch.WatchAsync(shell, service, id, json, interrupted).ConfigureAwait(false)
            : ExitCode.Succeeded;
    }

    private static MultipartFormDataContent BodyOf(string path, IReadOnlyDictionary<string, string> files)
    {
        var form = new MultipartFormDataContent();
        Add("file", Path.GetFileName(path), path);
        foreach (var (name, place) in files) Add("files", name, place);
        return form;

        void Add(string part, string name, string place)
        {
            var content = new StreamContent(File.OpenRead(place));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(content, part, name);
        }
    }

    private static void RefuseFolders(string file, IEnumerable<string> names)
    {
        var elsewhere = names.Where(name => name.AsSpan().IndexOfAny('/', '\\', ':') >= 0).Order(StringComparer.Ordinal).ToList();
        if (elsewhere.Count > 0)
            throw new CommandException(
                ExitCode.BadUsage,
                $"{file} names files of other folders, and a service takes files by their names alone: put "
                + $"{Texts.OneLine(string.Join(", ", elsewhere.Take(5)))} beside it, and name it without a folder; nothing was sent.");
    }
}
