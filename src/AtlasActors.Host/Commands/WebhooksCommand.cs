using System.CommandLine;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary><c>webhooks secret</c>: what receivers of a service's webhooks check their signatures with.</summary>
internal sealed class WebhooksCommand : Command
{
    private readonly Option<string> _folder = new("--dir")
    {
        Description = "The service's folder.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ServeCommand.UsualFolder,
    };

    public WebhooksCommand(Shell shell) : base("webhooks", "What receivers of a service's webhooks need.")
    {
        var secret = new Command(
            "secret", "Show the secret that webhooks are signed with; it is made where there is none.");
        secret.Add(_folder);
        secret.Add(CommonOptions.Json());
        CommandAction.Set(secret, shell, parse => Task.FromResult(Show(shell, parse)));
        Add(secret);
    }

    private ExitCode Show(Shell shell, ParseResult parse)
    {
        var folder = StateFolder.Of(parse.GetRequiredValue(_folder), shell.WorkingDirectory);
        folder.Make();
        var secret = WebhookSecret.Open(folder.WebhookSecret, shell.Variables());
        if (CommonOptions.IsJson(parse))
            Json.Write(shell.Out, new { Secret = secret.Text });
        else
            shell.Out.WriteLine(secret.Text);
        return ExitCode.Succeeded;
    }
}
