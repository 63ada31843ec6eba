using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence;
using Akka.Persistence.Sql.Hosting;
using AtlasActors.Batches;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AtlasActors.Tests.Hosting;

/// <summary>The two doors of a host.</summary>
public class AtlasActorsHostingSpecs
{
    [Fact]
    public async Task One_line_in_a_host_makes_the_folder_and_the_journal_and_answers()
    {
        using var folder = new TempFolder();
        var outputDir = Path.Combine(folder.Path, "out");
        using var host = Host(services => services.AddAtlasActors(new AtlasActorsOptions { OutputDir = outputDir, ApiKey = "key" }));
        await host.StartAsync();

        var batches = await host.Services.GetRequiredService<IAtlasBatches>().ListAsync();
        await host.StopAsync();

        Assert.Empty(batches);
        Assert.True(File.Exists(Path.Combine(outputDir, ".atlas-actors", "journal.db")));
    }

    [Theory]
    [InlineData(null, 100)]
    [InlineData(30, 100)]
    [InlineData(300, 460)]
    public async Task The_system_s_end_waits_for_the_slowest_submission(int? seconds, int expected)
    {
        using var folder = new TempFolder();
        var options = new AtlasActorsOptions
        {
            OutputDir = folder.Path, ApiKey = "key", SubmitTimeout = seconds is { } given ? TimeSpan.FromSeconds(given) : null,
        };
        using var host = Host(services => services.AddAtlasActors(options));
        await host.StartAsync();

        var shutdown = CoordinatedShutdown.Get(host.Services.GetRequiredService<ActorSystem>());
        Assert.Equal(TimeSpan.FromSeconds(expected), shutdown.Timeout(CoordinatedShutdown.PhaseBeforeServiceUnbind));
        await host.StopAsync();
    }

    [Fact]
    public async Task Each_batch_can_have_a_folder_of_its_own()
    {
        await using var surroundings = await Surroundings.StartAsync();
        var options = surroundings.Options() with { FolderPerBatch = true };
        using var host = Host(services => services.AddAtlasActors(options));
        await host.StartAsync();
        var batches = host.Services.GetRequiredService<IAtlasBatches>();
        var (first, second) = (await Surroundings.RunAsync(batches, Surroundings.Pictures(1)), await Surroundings.RunAsync(batches, Surroundings.Pictures(1)));
        await host.StopAsync();

        foreach (var batch in new[] { first, second })
        {
            Assert.Equal((BatchPhase.Finished, 1), (batch.Phase, batch.Count(JobStage.Succeeded)));
            Assert.True(File.Exists(Path.Combine(options.OutputDir, batch.Id.Value, "manifest.json")));
            Assert.True(File.Exists(Path.Combine(options.OutputDir, batch.Id.Value, "images", "image_1.png")));
        }
        Assert.False(File.Exists(Path.Combine(options.OutputDir, "manifest.json")));
    }

    [Fact]
    public async Task In_somebodys_own_system_both_journals_hold_their_own_and_all_doors_lead_to_one_actor()
    {
        await using var surroundings = await Surroundings.StartAsync();
        var ownFile = Path.Combine(surroundings.Folder, "own.db");
        SQLitePCL.Batteries_V2.Init();
        using var host = Host(services => services
            .AddAkka("own", (akka, _) => akka
                .WithSqlPersistence($"Data Source={ownFile}", "SQLite.MS")
                .WithAtlasActors(surroundings.Options())
                .WithActors((system, registry) => registry.Register<Notebook>(system.ActorOf(Props.Create(() => new Notebook()), "notebook"))))
            .AddAtlasBatches());
        await host.StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();

        Assert.Equal("written", await host.Services.GetRequiredService<IRequiredActor<Notebook>>().ActorRef.Ask<string>("note", Surroundings.Patience));
        var batch = await Surroundings.RunAsync(host.Services.GetRequiredService<IAtlasBatches>(), Surroundings.Pictures(2));
        Assert.Equal((BatchPhase.Finished, 2), (batch.Phase, batch.Count(JobStage.Succeeded)));
        Assert.Equal("akka.persistence.journal.sql", system.Settings.Config.GetString("akka.persistence.journal.plugin"));
        Assert.Equal("akka.persistence.snapshot-store.sql", system.Settings.Config.GetString("akka.persistence.snapshot-store.plugin"));
        Assert.Same(AtlasActorsExtension.For(system).Supervisor, host.Services.GetRequiredService<IRequiredActor<AtlasActor>>().ActorRef);
        await host.StopAsync();

        Assert.Equal(["notebook"], Database.PersistenceIds(ownFile));
        Assert.Equal([$"batch-{batch.Id}", "batch-index", "cost-ledger", $"latency-{surroundings.BaseUrl}", $"manifest-{batch.Id}"],
            Database.PersistenceIds(Path.Combine(surroundings.Folder, "out", ".atlas-actors", "journal.db")));
    }

    [Fact]
    public async Task Where_the_systems_HOCON_says_it_all_the_container_has_the_client_too()
    {
        await using var surroundings = await Surroundings.StartAsync();
        using var host = Host(services => services
            .AddAkka("own", (akka, _) => akka.AddHocon(surroundings.Hocon(), HoconAddMode.Prepend))
            .AddAtlasBatches());
        await host.StartAsync();

        Assert.Empty(await host.Services.GetRequiredService<IAtlasBatches>().ListAsync());
        await host.StopAsync();
    }

    [Fact]
    public async Task A_journal_of_before_it_had_plugins_of_its_own_is_gone_on_with()
    {
        await using var surroundings = await Surroundings.StartAsync();
        var file = Path.Combine(surroundings.Folder, "out", ".atlas-actors", "journal.db");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        SQLitePCL.Batteries_V2.Init();
        BatchView before;
        // As AtlasActors wired itself then: its file was the system's default journal.
        using (var old = Host(services => services
            .AddAkka("atlas-actors", (akka, _) => akka
                .WithSqlPersistence($"Data Source={file}", "SQLite.MS")
                .AddHocon("atlas-actors { journal-plugin-id = \"\", snapshot-plugin-id = \"\" }", HoconAddMode.Prepend)
                .WithAtlasActors(surroundings.Options()))
            .AddAtlasBatches()))
        {
            await old.StartAsync();
            before = await Surroundings.RunAsync(old.Services.GetRequiredService<IAtlasBatches>(), Surroundings.Pictures(2));
            await old.StopAsync();
        }

        using var host = Host(services => services.AddAtlasActors(surroundings.Options()));
        await host.StartAsync();
        var atlas = host.Services.GetRequiredService<IAtlasBatches>();

        Assert.Equal([(before.Id, 2)], (await atlas.ListAsync()).Select(batch => (batch.Id, batch.Count(JobStage.Succeeded))));
        Assert.Equal(before.Money.Charged, (await atlas.GetLedgerAsync(before.Id)).Charged);
        await host.StopAsync();
    }

    [Fact]
    public async Task Options_that_make_no_sense_stop_the_host_from_starting_with_all_of_them_told()
    {
        using var host = Host(services => services.AddAtlasActors(new AtlasActorsOptions { OutputDir = "", ApiKey = "a b" }));

        var told = await Assert.ThrowsAsync<ConfigurationException>(() => host.StartAsync());

        Assert.Contains("AtlasActorsOptions.OutputDir is empty", told.Message, StringComparison.Ordinal);
        Assert.Contains("AtlasActorsOptions.ApiKey", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_options_tell_no_key() => Assert.DoesNotContain(
        "s3cret", new AtlasActorsOptions { OutputDir = "out", ApiKey = "s3cret" }.ToString(), StringComparison.Ordinal);

    private static IHost Host(Action<IServiceCollection> configure)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        configure(builder.Services);
        return builder.Build();
    }

    /// <summary>The host's own persistent actor, which names no journal.</summary>
    private sealed class Notebook : UntypedPersistentActor
    {
        public override string PersistenceId => "notebook";

        protected override void OnCommand(object message) => Persist((string)message, _ => Sender.Tell("written"));

        protected override void OnRecover(object message) { }
    }
}
