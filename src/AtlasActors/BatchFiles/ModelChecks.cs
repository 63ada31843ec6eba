using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>Finds a job's model in the catalog, and says in the file's places what does not fit it.</summary>
internal sealed class ModelChecks(Section job, MapNode map, Findings findings)
{
    /// <summary>The model; null when no catalog names it, or when it makes something else than the job wants.</summary>
    public ModelEntry? Find(ModelCatalog models, string model, MediaKind? kind)
    {
        var node = job.Find("model")!;
        if (models.Find(model) is not { } entry)
        {
            if (models.Meant(model) is { } meant)
                findings.Warn(
                    node, job.PathOf("model"), $"'{Shown.Short(model)}' is no model that is known",
                    $"did you mean '{meant}'?");
            return null;
        }

        if (entry.Kind != kind)
        {
            if (kind is not null)
                findings.Fault(
                    node, job.PathOf("model"),
                    $"{entry.Id} makes {entry.Kind.Noun()}s, and this is {kind.Value.OneNoun()}",
                    $"write 'type: {entry.Kind.Word()}'");
            return null;
        }

        if (entry.Deprecated is { } since)
            findings.Warn(
                node, job.PathOf("model"), $"Atlas lists {entry.Id} no more, since {since}: it may be refused");
        return entry;
    }

    /// <summary>Tells what the mapping found, each at its key.</summary>
    public void Tell(IReadOnlyList<Complaint> complaints)
    {
        foreach (var complaint in complaints)
        {
            var node = job.Find(complaint.Key) ?? map;
            // One that is misspelt or wrong is told already.
            if (complaint.IsMissing)
                job.Required(complaint.Key, complaint.Hint);
            else if (complaint.IsSure)
                findings.Fault(node, job.PathOf(complaint.Key), complaint.Message, complaint.Hint);
            else
                findings.Warn(node, job.PathOf(complaint.Key), complaint.Message, complaint.Hint);
        }
    }
}
