using Akka.Actor;

namespace AtlasActors.Inputs;

/// <summary>What one job waits for: answered once, when all of it is there or the first of it has failed.</summary>
internal sealed class InputOrder(InputCommands.PrepareInputs request, IActorRef asker)
{
    private readonly string?[] _addresses = new string?[request.Sources.Count];

    public InputCommands.PrepareInputs Request { get; } = request;

    public IActorRef Asker { get; } = asker;

    public bool IsAnswered { get; private set; }

    public void Fill(int place, string address)
    {
        _addresses[place] = address;
        if (Array.TrueForAll(_addresses, known => known is not null)) Answer(new InputsReady([.. _addresses.OfType<string>()]));
    }

    public void Fail(InputsFailed why) => Answer(why);

    private void Answer(object answer)
    {
        if (IsAnswered) return;
        IsAnswered = true;
        Asker.Tell(answer);
    }
}

/// <summary>One thing that is being brought to Atlas: a file's content, or a look at where a job's output is.</summary>
internal sealed class InputErrand(string key)
{
    /// <summary>The content's SHA-256, or which job's output it is.</summary>
    public string Key { get; } = key;

    public InputFile? File { get; init; }

    public InputSource.Output? Output { get; init; }

    public int Tries { get; set; }

    public List<(InputOrder Order, int Place)> Waiting { get; } = [];
}
