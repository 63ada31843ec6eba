// A shop that has an Akka system already, with a journal and an actor of its own, and now has pictures made:
// ExistingAkkaSystem [FILE]. The key comes from ATLASCLOUD_API_KEY, and the API's address from ATLASCLOUD_BASE_URL
// where that is set.
using Akka.Actor;
using Akka.Hosting;
using Akka.Persistence.Sql.Hosting;
using AtlasActors.BatchFiles;
using AtlasActors.Hosting;
using ExistingAkkaSystem;
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

// What Microsoft.Data.Sqlite asks of a program that brings its own SQLite.
SQLitePCL.Batteries_V2.Init();
var end = new TaskCompletionSource<bool>();
var builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddAkka("shop", (akka, _) => akka
    .ConfigureLoggers(loggers =>
    {
        loggers.ClearLoggers();
        loggers.AddLoggerFactory();
    })
    .WithSqlPersistence("Data Source=shop.db", "SQLite.MS")
    .WithAtlasActors(AtlasActorsOptions.FromEnvironment(pictures.OutputDir))
    .WithActors((system, registry) => registry.Register<Studio>(
        system.ActorOf(Studio.Props(registry.Get<AtlasActor>(), end.SetResult), "studio"))));

using var host = builder.Build();
await host.StartAsync();
host.Services.GetRequiredService<IRequiredActor<Studio>>().ActorRef.Tell(new OrderPictures("order-17", pictures));
var isAllThere = await end.Task;
await host.StopAsync();
return isAllThere ? 0 : 1;
