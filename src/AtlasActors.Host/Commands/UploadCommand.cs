using System.CommandLine;
using AtlasActors.Atlas;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary><c>upload FILE…</c>: brings files to Atlas Cloud by hand, and tells where they are.</summary>
internal sealed class UploadCommand : Command
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "An image, a video or a sound, of 200 MB at most.",
        Arity = ArgumentArity.OneOrMore,
    };

    public UploadCommand(Shell shell)
        : base("upload", "Bring files to Atlas Cloud, and tell the addresses that jobs can name them by.")
    {
        Add(_files);
        Add(CommonOptions.Json());
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private async Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var json = CommonOptions.IsJson(parse);
        var api = ApiChoice.Real.Of(new Variables(shell.Environment, shell.WorkingDirectory));
        var interrupted = shell.Interrupts.Claim();
        using var account = new AtlasAccount(api.BaseUrl, api.Key);
        var uploads = new List<Upload>();
        foreach (var file in parse.GetRequiredValue(_files))
        {
            var upload = Upload.Of(
                file, await account.UploadFileAsync(shell.FullPath(file), interrupted).ConfigureAwait(false));
            uploads.Add(upload);
            if (!json)
                Tell(shell, upload);
            if (upload.Code == ExitCode.AccountRefused)
                break;
        }
        if (json)
            Json.Write(shell.Out, new { Uploads = uploads.Select(upload => new { upload.File, upload.Url, upload.Error }) });
        return uploads.Select(upload => upload.Code).FirstOrDefault(code => code != ExitCode.Succeeded);
    }

    /// <summary>Addresses alone to standard output, so that a script can read them.</summary>
    private static void Tell(Shell shell, Upload upload)
    {
        if (upload.Url is { } url)
            shell.Out.WriteLine(url);
        else
            shell.Error.WriteLine($"{Texts.OneLine(upload.File)}: {Texts.OneLine(upload.Error!)}");
    }

    /// <summary>What became of one file.</summary>
    private sealed record Upload(string File, string? Url, string? Error, ExitCode Code)
    {
        public static Upload Of(string file, FreeAnswer<UploadedFile> answer) => answer switch
        {
            FreeAnswer<UploadedFile>.Told told => new(file, told.Value.Url, null, ExitCode.Succeeded),
            FreeAnswer<UploadedFile>.Refused a => new(file, null, a.Failure.WithRequest(), ExitCode.BadUsage),
            FreeAnswer<UploadedFile>.KeyRefused a => new(file, null, a.Failure.WithRequest(), ExitCode.AccountRefused),
            FreeAnswer<UploadedFile>.OutOfBalance a => new(file, null, a.Failure.WithRequest(), ExitCode.AccountRefused),
            FreeAnswer<UploadedFile>.Unanswered a => new(file, null, a.Failure.WithRequest(), ExitCode.Fault),
            _ => throw new InvalidOperationException($"No words for {answer.GetType().Name}."),
        };
    }
}
