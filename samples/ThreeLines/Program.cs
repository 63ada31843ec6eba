// Makes the pictures of a batch file: ThreeLines [FILE]. The key comes from ATLASCLOUD_API_KEY, and the API's address
// from ATLASCLOUD_BASE_URL where that is set. The three lines of AtlasActors are numbered; the rest is any host's.
using AtlasActors.BatchFiles;
using AtlasActors.Batches;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var file = args is [var given] ? given : Path.Combine(AppContext.BaseDirectory, "pictures.yaml");
var reading = BatchFileReader.ReadFile(file);
if (reading.Definition is not { } pictures)
{
    foreach (var fault in reading.Faults) Console.Error.WriteLine(fault.In(file));
    return 2;
}

var builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddAtlasActors(AtlasActorsOptions.FromEnvironment(pictures.OutputDir)); // 1

using var host = builder.Build();
await host.StartAsync();
var atlas = host.Services.GetRequiredService<IAtlasBatches>();

var batch = await atlas.StartAsync(pictures); // 2
await foreach (var notice in atlas.WatchAsync(batch.Id)) // 3
{
    Console.WriteLine(notice switch
    {
        BatchNotice.JobMoved { Job: var job } => $"{job.Name}: {job.Stage}",
        BatchNotice.PhaseChanged { Batch: var now } =>
            $"The batch is {now.Phase}: {now.Count(JobStage.Succeeded)} of {now.Total} are there, "
            + $"USD {now.Money.Charged} spent.",
        _ => "",
    });
}

var end = await atlas.GetAsync(batch.Id);
await host.StopAsync();
return end.Count(JobStage.Succeeded) == end.Total ? 0 : 1;
