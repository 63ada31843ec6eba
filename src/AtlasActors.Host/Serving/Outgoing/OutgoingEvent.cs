using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Serving.Outgoing;

/// <summary>Something that a receiver is told of. Its id comes of what it is alone: the same end is the same event.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Job">The job's number; 0 where it is the batch.</param>
/// <param name="Type">Such as <c>job.ended</c>.</param>
/// <param name="Mark">What tells this end from the others of the same job or batch.</param>
/// <param name="Since">When it was, in UTC ticks.</param>
/// <param name="Body">What is sent, the same at every try.</param>
internal sealed record OutgoingEvent(string Batch, long Job, string Type, string Mark, long Since, byte[] Body)
{
    public const string JobEnded = "job.ended", BatchEnded = "batch.ended", BatchHalted = "batch.halted";

    private static readonly HashSet<string> Ends = [.. JobStages.Ends.Select(Words.Of)];

    /// <summary>Its <c>webhook-id</c>, by which receivers drop what comes twice.</summary>
    public string Id => "msg_" + Convert.ToHexStringLower(Digest);

    /// <summary>The same in 16 bytes.</summary>
    public byte[] Digest => SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Batch}\n{Job}\n{Type}\n{Mark}")))[..16];

    public static bool IsEnd(JobRow job) => Ends.Contains(job.Stage);

    /// <summary>A job's end. One that is made again, or fetched again, ends again, at another time.</summary>
    public static OutgoingEvent Of(BatchRow batch, JobRow job)
    {
        var document = JobEndedDocument.Of(JobDocument.Of(batch.Id, job), batch.ReadLabels());
        return new OutgoingEvent(
            batch.Id, job.Number, JobEnded, string.Create(CultureInfo.InvariantCulture, $"{job.Stage} {job.Since}"), job.Since,
            BodyOf(JobEnded, job.Since, document));
    }

    /// <summary>
    /// A batch's coming to rest; null where it does not rest, or was only stopped, to be gone on with. It is another one
    /// when a job has moved in between.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="lastMove">When one of its jobs last moved, in UTC ticks.</param>
    public static OutgoingEvent? Of(BatchRow batch, long lastMove)
    {
        if (!batch.IsOver || batch.State is not ("finished" or "halted"))
            return null;
        var type = batch.State == "finished" ? BatchEnded : BatchHalted;
        return new OutgoingEvent(
            batch.Id, 0, type, string.Create(CultureInfo.InvariantCulture, $"{batch.Halt} {lastMove}"), lastMove,
            BodyOf(type, lastMove, BatchAtRestDocument.Of(BatchDocument.Of(batch, ""))));
    }

    private static byte[] BodyOf(string type, long ticks, object data) =>
        Encoding.UTF8.GetBytes(Json.Line(new EventDocument(type, new DateTimeOffset(ticks, TimeSpan.Zero), data)));
}
