using Akka.Actor;
using Akka.Event;
using AtlasActors.Atlas;
using AtlasActors.Jobs;

namespace AtlasActors.Inputs;

/// <summary>
/// Sees to it that Atlas can fetch what a batch's jobs need: each file is uploaded once, by its content, however many jobs
/// use it, and of what another job made Atlas's own address is used while it is good. It remembers nothing that the batch's
/// journal does not have.
/// </summary>
internal sealed class InputDesk : UntypedActor, IWithTimers
{
    private readonly InputAddresses _addresses;
    private readonly int _mostTries;
    private readonly CancellationTokenSource _calls = new();
    private readonly Dictionary<string, KnownAddress> _files;
    private readonly Dictionary<int, KnownAddress> _outputs = [];
    private readonly Dictionary<string, (DateTime Changed, long Bytes, string Sha256)> _hashes = [];
    private readonly Dictionary<string, List<(InputOrder Order, int Place)>> _hashing = [];
    private readonly Dictionary<string, InputErrand> _errands = [];
    private readonly HashSet<InputOrder> _open = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public InputDesk(InputAddresses addresses, int mostTries, IReadOnlyDictionary<string, KnownAddress> uploaded)
    {
        (_addresses, _mostTries) = (addresses, mostTries);
        _files = new Dictionary<string, KnownAddress>(uploaded);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    public static Props Props(InputAddresses addresses, int mostTries, IReadOnlyDictionary<string, KnownAddress> uploaded) =>
        Akka.Actor.Props.Create(() => new InputDesk(addresses, mostTries, uploaded));

    /// <summary>Those who wait ask once: after a fault their requests are made again in their name.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        foreach (var order in _open.Where(order => !order.IsAnswered)) Self.Tell(order.Request, order.Asker);
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _calls.Cancel();
        _calls.Dispose();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InputCommands.PrepareInputs prepare: Prepare(prepare); break;
            case Hashed hashed: OnHashed(hashed); break;
            case Answered answered: OnAnswer(answered.Errand, answered.Answer); break;
            case Due due: Run(due.Errand); break;
            default: Unhandled(message); break;
        }
    }

    private void Prepare(InputCommands.PrepareInputs prepare)
    {
        _open.RemoveWhere(open => open.IsAnswered);
        var order = new InputOrder(prepare, Sender);
        _open.Add(order);
        for (var place = 0; place < prepare.Sources.Count; place++)
        {
            switch (prepare.Sources[place])
            {
                case InputSource.LocalFile file: SeekFile(file.Path, order, place); break;
                case InputSource.Output output: SeekOutput(output, order, place); break;
            }
        }
    }

    private void SeekOutput(InputSource.Output output, InputOrder order, int place)
    {
        if (_outputs.TryGetValue(output.Job, out var known) && Now - known.At < InputAddresses.Trust)
            order.Fill(place, known.Url);
        else
            Join($"job {output.Job}", order, place, () => new InputErrand($"job {output.Job}") { Output = output });
    }

    /// <summary>A file is known by its content; reading that is an errand by itself, away from this actor.</summary>
    private void SeekFile(string path, InputOrder order, int place, string? maker = null)
    {
        var (file, fault) = InputFile.Look(path, InputUse.Any);
        if (file is null)
            order.Fail(new InputsFailed(new AtlasFailure(maker is null
                ? $"The input {path} {fault}."
                : $"Atlas Cloud has the output of '{maker}' no more, and its file {path} {fault}.")));
        else if (_hashes.TryGetValue(path, out var known) && known.Changed == file.Changed && known.Bytes == file.Bytes)
            SeekContent(file, known.Sha256, order, place);
        else if (_hashing.TryGetValue(path, out var others))
            others.Add((order, place));
        else
        {
            _hashing[path] = [(order, place)];
            file.HashAsync(_calls.Token).PipeTo(
                Self, success: sha256 => new Hashed(file, sha256, null),
                failure: cause => new Hashed(file, "", cause.Message));
        }
    }

    private void OnHashed(Hashed hashed)
    {
        if (!_hashing.Remove(hashed.File.Path, out var waiting)) return;
        if (hashed.Fault is null)
            _hashes[hashed.File.Path] = (hashed.File.Changed, hashed.File.Bytes, hashed.Sha256);
        foreach (var (order, place) in waiting)
        {
            if (hashed.Fault is { } fault)
                order.Fail(new InputsFailed(new AtlasFailure($"The input {hashed.File.Path} cannot be read: {fault}")));
            else
                SeekContent(hashed.File, hashed.Sha256, order, place);
        }
    }

    private void SeekContent(InputFile file, string sha256, InputOrder order, int place)
    {
        if (_files.TryGetValue(sha256, out var known) && Now - known.At < InputAddresses.Trust)
            order.Fill(place, known.Url);
        else
            Join(sha256, order, place, () => new InputErrand(sha256) { File = file });
    }

    /// <summary>However many want the same, it is brought once.</summary>
    private void Join(string key, InputOrder order, int place, Func<InputErrand> begin)
    {
        var isNew = !_errands.TryGetValue(key, out var errand);
        if (isNew) errand = _errands[key] = begin();
        errand!.Waiting.Add((order, place));
        if (isNew) Run(errand);
    }

    private void Run(InputErrand errand)
    {
        var task = errand.Output is { } output
            ? _addresses.OfOutputAsync(output, Now, _calls.Token)
            : _addresses.OfFileAsync(errand.File!, _files.GetValueOrDefault(errand.Key), Now, _calls.Token);
        task.PipeTo(
            Self, success: answer => new Answered(errand, answer),
            failure: cause => new Answered(errand, new InputAnswer.NotNow(new AtlasFailure(cause.Message), null)));
    }

    private void OnAnswer(InputErrand errand, InputAnswer answer)
    {
        switch (answer)
        {
            case InputAnswer.There there: OnThere(errand, there); break;
            case InputAnswer.Expired:
                _errands.Remove(errand.Key);
                _log.Info("Atlas Cloud has the output of {0} no more: its file is uploaded", errand.Output!.Name);
                foreach (var (order, place) in errand.Waiting) SeekFile(errand.Output.File, order, place, errand.Output.Name);
                break;
            case InputAnswer.NotNow notNow when ++errand.Tries < _mostTries: TryAgain(errand, notNow); break;
            case InputAnswer.NotNow notNow: Fail(errand, new InputsFailed(notNow.Failure)); break;
            case InputAnswer.Never never: Fail(errand, never.Why); break;
        }
    }

    private void OnThere(InputErrand errand, InputAnswer.There there)
    {
        _errands.Remove(errand.Key);
        // What Atlas keeps it keeps from the submission on; what is older than the trust was looked at just now.
        if (errand.Output is { } output)
            _outputs[output.Job] = new KnownAddress(
                there.Url, Now - output.AcceptedAt < InputAddresses.Trust ? output.AcceptedAt : Now);
        else
        {
            _files[errand.Key] = new KnownAddress(there.Url, Now);
            // Before any job can use it: the coordinator writes in this order.
            if (there.IsNew) Context.Parent.Tell(new InputReports.FileUploaded(errand.Key, there.Url, Now));
        }
        foreach (var (order, place) in errand.Waiting) order.Fill(place, there.Url);
    }

    private void TryAgain(InputErrand errand, InputAnswer.NotNow answer)
    {
        var wait = RetrySchedule.AfterInterruption(errand.Tries, errand.Waiting[0].Order.Request.Unit);
        if (answer.RetryAfter > wait) wait = answer.RetryAfter.Value;
        _log.Info("An input is not at Atlas Cloud yet, try {0}: {1}", errand.Tries, answer.Failure.WithRequest());
        foreach (var (order, _) in errand.Waiting)
            Context.Parent.Tell(new JobReports.JobWaits(order.Request.Job, answer.Failure.Message));
        Timers.StartSingleTimer(errand.Key, new Due(errand), wait);
    }

    private void Fail(InputErrand errand, InputsFailed why)
    {
        _errands.Remove(errand.Key);
        foreach (var (order, _) in errand.Waiting) order.Fail(why);
    }

    private sealed record Hashed(InputFile File, string Sha256, string? Fault) : INoSerializationVerificationNeeded;

    private sealed record Answered(InputErrand Errand, InputAnswer Answer) : INoSerializationVerificationNeeded;

    private sealed record Due(InputErrand Errand) : INoSerializationVerificationNeeded;
}
