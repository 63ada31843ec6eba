using AtlasActors.Batches;
using AtlasActors.Host.Running;
using AtlasActors.Hosting;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Host.Serving;

/// <summary>How far the service is: it listens before the journal is read, and until everything is recorded.</summary>
internal sealed class ServiceState(string outputDir, string endpoint)
{
    private volatile IRunningAtlas? _atlas;
    private volatile bool _stopping;

    /// <summary>The folder in which each batch has one.</summary>
    public string OutputDir => outputDir;

    /// <summary>What batches remember of the API that the service works with.</summary>
    public string Endpoint => endpoint;

    public bool IsReady => _atlas is not null && !_stopping;

    /// <summary>The journal is read.</summary>
    public void Open(IRunningAtlas atlas) => _atlas = atlas;

    /// <summary>Nothing is begun from now on.</summary>
    public void Stop() => _stopping = true;

    /// <summary>All is recorded, and nobody is left to be asked.</summary>
    public void Close() => _atlas = null;

    /// <summary>The batches, to look at; a problem with status 503 before the journal is read.</summary>
    public IAtlasBatches ToLook() => (_atlas ?? throw NotNow("The service is starting, or being stopped.")).Batches;

    /// <summary>The batches, to change something; also a problem when the service is being stopped.</summary>
    public IAtlasBatches ToChange() => _stopping ? throw NotNow("The service is being stopped.") : ToLook();

    /// <summary>
    /// Where webhooks go; null before the journal is read and after all is recorded. What is being stopped still takes them.
    /// </summary>
    public IAtlasWebhooks? Webhooks => _atlas?.Webhooks;

    private static ProblemException NotNow(string sentence) => new(StatusCodes.Status503ServiceUnavailable, sentence);
}
