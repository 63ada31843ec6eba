using System.CommandLine;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary><c>schedules list</c>: the schedules of a configuration, when they fire next, and what became of the last firing.</summary>
internal sealed class SchedulesCommand : Command
{
    private readonly Argument<string> _folder = new("DIR")
    {
        Description =
            $"The service's folder, which remembers the firings; '{ServeCommand.UsualFolder}' where none is named.",
        DefaultValueFactory = _ => ServeCommand.UsualFolder,
    };

    private readonly Option<string> _config = new("--config")
    {
        Description = "The service's file of HOCON, with its schedules in the section 'atlas-service'.",
        HelpName = "FILE",
        Required = true,
    };

    public SchedulesCommand(Shell shell) : base("schedules", "Look at a service's schedules.")
    {
        var list = new Command(
            "list", "List the schedules, each with its next five firings and its last; a running service is not asked.");
        list.Add(_folder);
        list.Add(_config);
        list.Add(CommonOptions.Json());
        CommandAction.Set(list, shell, parse => Task.FromResult(List(shell, parse)));
        Add(list);
    }

    private ExitCode List(Shell shell, ParseResult parse)
    {
        var config = parse.GetRequiredValue(_config);
        var schedules = ConfigurationFile.Settings(ConfigurationFile.Read(config, shell), config, shell).Schedules;
        var folder = StateFolder.Of(parse.GetRequiredValue(_folder), shell.WorkingDirectory);
        using var ledger = File.Exists(folder.Schedules) ? ScheduleLedger.Open(folder.Schedules) : null;
        var documents = ScheduleDocument.Of(schedules, ledger, shell.Clock.GetUtcNow());
        if (CommonOptions.IsJson(parse))
            Json.Write(shell.Out, new ScheduleListDocument(documents));
        else
            shell.Out.Write(SchedulesText.Of(documents, config));
        return ExitCode.Succeeded;
    }
}
