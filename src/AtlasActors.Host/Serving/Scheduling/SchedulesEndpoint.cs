using AtlasActors.Host.Serving.Callers;
using AtlasActors.Host.Serving.Posting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving.Scheduling;

/// <summary><c>/v1/schedules</c>: the schedules, and what a person may have done with one.</summary>
internal sealed class SchedulesEndpoint(ServiceState service, PostDesk desk, BatchBody bodies)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/schedules", ListAsync).For(Role.Read);
        Map(routes, "fire", FireAsync);
        Map(routes, "pause", post => PauseAsync(post, isPaused: true));
        Map(routes, "resume", post => PauseAsync(post, isPaused: false));
    }

    private void Map(IEndpointRouteBuilder routes, string action, Func<Post<SentDocument>, Task<Reply>> work) =>
        routes.MapPost($"/v1/schedules/{{schedule}}/{action}", desk.Taking(bodies.ReadDocumentAsync, work)).For(Role.Submit);

    private Task ListAsync(HttpContext context)
    {
        new QueryReading(context.Request).ThrowIfFaulty();
        return Answer.WriteAsync(context, new ScheduleListDocument(service.ToSchedule().List()));
    }

    private async Task<Reply> FireAsync(Post<SentDocument> post)
    {
        var (schedules, schedule) = Find(post);
        return await schedules.FireAsync(schedule, post.NewBatch).ConfigureAwait(false) switch
        {
            StartOutcome.Started begun => Reply.Created(
                new BegunDocument(
                    BatchDocument.Of(begun.Batch, service.OutputDir), begun.File?.Warnings ?? [],
                    begun.File?.Definition?.Skipped ?? []),
                $"/v1/batches/{begun.Batch.Id}"),
            StartOutcome.TooDear refused => throw new ProblemException(StatusCodes.Status402PaymentRequired, refused.Why),
            StartOutcome.Unreadable refused => throw new ProblemException(
                StatusCodes.Status422UnprocessableEntity, refused.Why, refused.Faults),
            StartOutcome.Unknown unknown => throw new ProblemException(
                StatusCodes.Status503ServiceUnavailable,
                $"{unknown.Why} The firing is recorded, and its batch {post.NewBatch} begins when it can."),
            var other => throw new InvalidOperationException($"An outcome of an unknown kind: {other.GetType()}."),
        };
    }

    private async Task<Reply> PauseAsync(Post<SentDocument> post, bool isPaused)
    {
        var (schedules, schedule) = Find(post);
        if (!isPaused && schedule.IsPaused)
            throw new ProblemException(
                StatusCodes.Status409Conflict,
                $"The configuration has {schedule.Name} paused: take 'paused' out there, and have the service read it anew.");
        return Reply.Of(await schedules.PauseAsync(schedule, isPaused).ConfigureAwait(false));
    }

    private (Schedules Schedules, ScheduleSettings Schedule) Find(Post<SentDocument> post)
    {
        post.Query.ThrowIfFaulty();
        new FieldReading(post.Body.Bytes).ThrowIfFaulty();
        service.ToChange();
        var schedules = service.ToSchedule();
        return schedules.Find(post.Context.GetRouteValue("schedule") as string) is { } schedule
            ? (schedules, schedule)
            : throw new ProblemException(StatusCodes.Status404NotFound, "There is no such schedule.");
    }
}
