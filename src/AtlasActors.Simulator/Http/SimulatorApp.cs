using AtlasActors.Simulator.Predictions;
using AtlasActors.Simulator.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AtlasActors.Simulator.Http;

/// <summary>The web application: which path leads to which endpoint.</summary>
internal static class SimulatorApp
{
    public static WebApplication Build(
        SimulatorOptions options, int port, PredictionBook book, PriceTable prices, SeenTraffic seen)
    {
        // Empty: a simulator inside another program reads none of its settings and writes none of its logs.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(options.Address, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.AddSingleton<OutputShelf>();
        builder.Services.AddSingleton(services => new Bulletins(options, services.GetRequiredService<OutputShelf>()));
        builder.Services.AddSingleton(new WebhookKeys(options.Seed));
        builder.Services.AddSingleton(services => new WebhookPost(
            options, book, services.GetRequiredService<Bulletins>(), services.GetRequiredService<WebhookKeys>()));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();
        app.Use(new Doorkeeper(options.Keys).EnterAsync);
        Map(app, options, book, prices, seen);
        return app;
    }

    private static void Map(
        WebApplication app, SimulatorOptions options, PredictionBook book, PriceTable prices, SeenTraffic seen)
    {
        var form = AnswerForms.Create(options.Form);
        var shelf = app.Services.GetRequiredService<OutputShelf>();
        var bulletins = app.Services.GetRequiredService<Bulletins>();
        var webhooks = app.Services.GetRequiredService<WebhookPost>();
        var keys = app.Services.GetRequiredService<WebhookKeys>();
        var reader = new OrderReader(options);
        var submit = new SubmitEndpoint(options, form, reader, new SubmitFaults(options), book, seen, bulletins, webhooks);
        var quote = new QuoteEndpoint(reader, prices);
        var poll = new PollEndpoint(options, form, book, seen, bulletins);
        var upload = new UploadEndpoint(options, form, seen);
        var output = new OutputEndpoint(options, book, seen, shelf);
        var account = new AccountEndpoint(options, book, seen);
        var models = new ModelsEndpoint(prices);

        var api = app.MapGroup(AnswerForms.Root);
        api.MapPost("/model/generateImage", context => submit.SubmitAsync(context, MediaKind.Image));
        api.MapPost("/model/generateVideo", context => submit.SubmitAsync(context, MediaKind.Video));
        api.MapPost("/model/generateAudio", context => submit.SubmitAsync(context, MediaKind.Audio));
        api.MapPost("/model/calculate", quote.QuoteAsync);
        api.MapPost("/model/uploadMedia", upload.UploadAsync);
        api.MapGet("/models", models.ListAsync);
        api.MapGet("/webhooks/jwks.json", context => Answers.WriteAsync(context, keys.Published()));
        app.MapGet(ModelsEndpoint.SchemaPath + "/{file}", ModelsEndpoint.SchemaAsync);
        foreach (var path in form.PollPaths) api.MapGet(path, poll.PollAsync);
        app.MapGet("/public/v1/balance", account.BalanceAsync);
        app.MapGet("/public/v1/model-costs", new CostsEndpoint(options, book).ListAsync);
        app.MapMethods("/outputs/{name}", [HttpMethods.Get, HttpMethods.Head], output.ServeAsync);
        app.MapGet("/media/{name}", upload.ServeAsync);
        app.MapGet("/", account.SummaryAsync);
        app.MapGet("/_simulator", account.SummaryAsync);
        // Atlas's gateway asks for the key before it looks at the path, and has one answer for both.
        app.MapFallback("{*path}", context =>
            Answers.RefuseAsync(context, StatusCodes.Status401Unauthorized, "unauthorized"));
    }

    // The host's own lifetime would take Ctrl-C away from the program that the simulator runs in.
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
