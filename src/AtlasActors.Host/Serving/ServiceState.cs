using AtlasActors.Batches;
using AtlasActors.Host.Running;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary>How far the service is: it listens before the journal is read, and until everything is recorded.</summary>
internal sealed class ServiceState(string outputDir, string endpoint)
{
    private volatile IRunningAtlas? _atlas;
    private volatile RecordsKeeper? _keeper;
    private volatile ServiceRecords? _records;
    private volatile Schedules? _schedules;
    private volatile bool _stopping;

    /// <summary>The folder in which each batch has one.</summary>
    public string OutputDir => outputDir;

    /// <summary>What batches remember of the API that the service works with.</summary>
    public string Endpoint => endpoint;

    public bool IsReady => _atlas is not null && _records is not null && !_stopping;

    /// <summary>The journal's index is read, and everything that happens from now on is heard.</summary>
    public void Open(IRunningAtlas atlas, RecordsKeeper keeper)
    {
        _keeper = keeper;
        _atlas = atlas;
    }

    /// <summary>The records are in step with the journal.</summary>
    public void Show(ServiceRecords records) => _records = records;

    /// <summary>The schedules are seen to.</summary>
    public void Schedule(Schedules schedules) => _schedules = schedules;

    /// <summary>Nothing is begun from now on.</summary>
    public void Stop() => _stopping = true;

    /// <summary>All is recorded, and nobody is left to be asked.</summary>
    public void Close() => _atlas = null;

    /// <summary>The batches, to ask about; a problem with status 503 before the journal is read.</summary>
    public IAtlasBatches ToLook() => (_atlas ?? throw NotNow("The service is starting, or being stopped.")).Batches;

    /// <summary>The records of them, for lists; a problem with status 503 before they are in step with the journal.</summary>
    public ServiceRecords ToList() => _records
        ?? throw NotNow("The service is starting: its records are being brought into step with the journal.");

    /// <summary>The schedules; a problem with status 503 before they are seen to.</summary>
    public Schedules ToSchedule() => _schedules ?? throw NotNow("The service is starting: its schedules are not seen to yet.");

    /// <summary>Has the records know a batch that is about to be answered with.</summary>
    public Task NoteAsync(BatchView batch) => _keeper?.NoteAsync(batch) ?? Task.CompletedTask;

    /// <summary>The batches, to change something; also a problem when the service is being stopped.</summary>
    public IAtlasBatches ToChange() => _stopping ? throw NotNow("The service is being stopped.") : ToLook();

    /// <summary>
    /// Where webhooks go; null before the journal is read and after all is recorded. What is being stopped still takes them.
    /// </summary>
    public IAtlasWebhooks? Webhooks => _atlas?.Webhooks;

    /// <summary>The record of the batch in the path; a problem with status 404 where there is none.</summary>
    public BatchRow RecordOf(HttpContext context) =>
        ToList() is var records && BatchId.Find(context.GetRouteValue("batch") as string) is { } id && records.Find(id) is { } row
            ? row
            : throw NoBatch();

    public static ProblemException NoBatch() => new(StatusCodes.Status404NotFound, "There is no such batch.");

    private static ProblemException NotNow(string sentence) => new(StatusCodes.Status503ServiceUnavailable, sentence);
}
