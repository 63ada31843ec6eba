using AtlasActors.Simulator.Pages;
using AtlasActors.Simulator.Predictions;
using AtlasActors.Simulator.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AtlasActors.Simulator.Http;

/// <summary>Which path leads to which endpoint.</summary>
internal sealed class SimulatorRoutes(
    SimulatorOptions options, PredictionBook book, PriceTable prices, SeenTraffic seen, IServiceProvider services)
{
    private readonly IAnswerForm _form = AnswerForms.Create(options.Form);
    private readonly OrderReader _reader = new(options);

    public void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(AnswerForms.Root);
        MapJobs(api);
        MapFiles(app, api);
        MapAccount(app, api);
        MapPages(app);
        // Atlas's gateway asks for the key before it looks at the path, and has one answer for both.
        app.MapFallback("{*path}", context =>
            Answers.RefuseAsync(context, StatusCodes.Status401Unauthorized, "unauthorized"));
    }

    private void MapJobs(RouteGroupBuilder api)
    {
        var bulletins = services.GetRequiredService<Bulletins>();
        var submit = new SubmitEndpoint(
            options, _form, _reader, new SubmitFaults(options), book, seen, bulletins,
            services.GetRequiredService<WebhookPost>());
        var poll = new PollEndpoint(options, _form, book, seen, bulletins);
        api.MapPost("/model/generateImage", context => submit.SubmitAsync(context, MediaKind.Image));
        api.MapPost("/model/generateVideo", context => submit.SubmitAsync(context, MediaKind.Video));
        api.MapPost("/model/generateAudio", context => submit.SubmitAsync(context, MediaKind.Audio));
        foreach (var path in _form.PollPaths) api.MapGet(path, poll.PollAsync);
    }

    private void MapFiles(IEndpointRouteBuilder app, RouteGroupBuilder api)
    {
        var upload = new UploadEndpoint(options, _form, seen);
        var output = new OutputEndpoint(options, book, seen, services.GetRequiredService<OutputShelf>());
        api.MapPost("/model/uploadMedia", upload.UploadAsync);
        app.MapGet("/media/{name}", upload.ServeAsync);
        app.MapMethods("/outputs/{name}", [HttpMethods.Get, HttpMethods.Head], output.ServeAsync);
    }

    private void MapAccount(IEndpointRouteBuilder app, RouteGroupBuilder api)
    {
        var keys = services.GetRequiredService<WebhookKeys>();
        api.MapPost("/model/calculate", new QuoteEndpoint(_reader, prices).QuoteAsync);
        api.MapGet("/models", new ModelsEndpoint(prices).ListAsync);
        api.MapGet("/webhooks/jwks.json", context => Answers.WriteAsync(context, keys.Published()));
        app.MapGet(ModelsEndpoint.SchemaPath + "/{file}", ModelsEndpoint.SchemaAsync);
        app.MapGet("/public/v1/balance", new BalanceEndpoint(options, book).BalanceAsync);
        app.MapGet("/public/v1/model-costs", new CostsEndpoint(options, book).ListAsync);
    }

    private void MapPages(IEndpointRouteBuilder app)
    {
        var keys = services.GetRequiredService<WebhookKeys>();
        app.MapGet("/", Home.Only(new SummaryPage(options, book, seen).ServeAsync));
        app.MapGet("/__journal", Home.Only(new JournalPage(options, book, seen).ServeAsync));
        app.MapPost("/__webhooks/rotate", Home.Only(context =>
        {
            keys.Rotate();
            return Answers.WriteAsync(context, keys.Published());
        }));
    }
}
