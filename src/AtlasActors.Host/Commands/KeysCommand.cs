using System.CommandLine;
using System.Globalization;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Serving.Callers;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary><c>keys add|list|remove</c>: the keys by which callers use a service.</summary>
internal sealed class KeysCommand : Command
{
    private readonly Option<string> _folder = new("--dir")
    {
        Description = "The service's folder.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ServeCommand.UsualFolder,
    };

    private readonly Argument<string> _name = new("NAME")
    {
        Description = "Whose key it is: letters, digits, '-', '_' and '.', 64 at most.",
    };

    private readonly Option<string> _role = new("--role")
    {
        Description = "read: look. submit: take batches on and stop, resume and retry them, too. admin: everything.",
        Required = true,
    };

    public KeysCommand(Shell shell) : base("keys", "Make, list and take away the keys by which callers use a service.")
    {
        _role.AcceptOnlyFromAmong([.. Roles.Words]);
        Add(Doing(shell, "add", "Make a key; it is shown this once.", AddKey, _name, _role));
        Add(Doing(shell, "list", "List the keys, by name and role.", ListKeys));
        Add(Doing(shell, "remove", "Take a key away; a running service notices at once.", RemoveKey, _name));
    }

    private Command Doing(
        Shell shell, string name, string description, Func<Shell, ParseResult, StateFolder, ExitCode> work,
        params Symbol[] own)
    {
        var command = new Command(name, description);
        foreach (var symbol in own)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }
        command.Add(_folder);
        command.Add(CommonOptions.Json());
        CommandAction.Set(command, shell, parse => Task.FromResult(
            work(shell, parse, StateFolder.Of(parse.GetRequiredValue(_folder), shell.WorkingDirectory))));
        return command;
    }

    private ExitCode AddKey(Shell shell, ParseResult parse, StateFolder folder)
    {
        var (name, role, key) = (parse.GetRequiredValue(_name), Roles.Of(parse.GetRequiredValue(_role)), CallerKey.Draw());
        if (!KeptKey.IsName(name))
            throw new CommandException(
                ExitCode.BadUsage,
                $"'{Texts.OneLine(name, 100)}' is no name for a key: letters, digits, '-', '_' and '.', 64 at most.");
        folder.Make();
        var kept = new KeptKey(
            name, role, shell.Clock.GetUtcNow(), Convert.ToHexStringLower(CallerKey.HashOf(key)));
        new KeyFile(folder.Keys).Change(keys => keys.All(known => known.Name != name)
            ? [.. keys, kept]
            : throw new CommandException(
                ExitCode.BadUsage,
                $"There is a key called {name} already: take it away first, or choose another name."));
        if (CommonOptions.IsJson(parse))
        {
            Json.Write(shell.Out, new { kept.Name, kept.Role, kept.CreatedAt, Key = key });
            return ExitCode.Succeeded;
        }
        // The key alone to standard output, so that a script can take it from there.
        shell.Error.WriteLine(
            $"The key of {name} ({role.Word()}) for {folder.Shown}. Only its hash is kept: it is shown this once.");
        shell.Out.WriteLine(key);
        return ExitCode.Succeeded;
    }

    private static ExitCode ListKeys(Shell shell, ParseResult parse, StateFolder folder)
    {
        var keys = new KeyFile(folder.Keys).Read();
        if (CommonOptions.IsJson(parse))
            Json.Write(shell.Out, new { Keys = keys.Select(key => new { key.Name, key.Role, key.CreatedAt }) });
        else if (keys.Count == 0)
            shell.Out.WriteLine($"{folder.Shown} has no keys: a service there answers programs of its own machine alone.");
        else
            foreach (var key in keys)
                shell.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{key.Name,-24} {key.Role.Word(),-7} {key.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
        return ExitCode.Succeeded;
    }

    private ExitCode RemoveKey(Shell shell, ParseResult parse, StateFolder folder)
    {
        var name = parse.GetRequiredValue(_name);
        var left = 0;
        if (Directory.Exists(folder.State))
            new KeyFile(folder.Keys).Change(keys =>
            {
                IReadOnlyList<KeptKey> others = [.. keys.Where(key => key.Name != name)];
                left = others.Count;
                return others.Count < keys.Count ? others : throw Missing(name, folder);
            });
        else
            throw Missing(name, folder);
        if (CommonOptions.IsJson(parse))
            Json.Write(shell.Out, new { Removed = name, Left = left });
        else
            shell.Out.WriteLine(left > 0
                ? $"{name} is let in no more."
                : $"{name} is let in no more, and no key is left: a running service lets nobody in until there is one.");
        return ExitCode.Succeeded;
    }

    private static CommandException Missing(string name, StateFolder folder) => new(
        ExitCode.BadUsage,
        $"{folder.Shown} has no key called {Texts.OneLine(name, 100)}: 'atlas-actors keys list' tells which it has.");
}
