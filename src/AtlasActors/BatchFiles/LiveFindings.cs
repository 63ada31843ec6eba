using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>
/// What is found while jobs are checked against what Atlas publishes, each at its place in the file. What is the same
/// in many rows of a <c>foreach</c> is told once; of what differs, the first twenty of each place.
/// </summary>
internal sealed class LiveFindings(BatchFileReading reading)
{
    private readonly List<Finding> _found = [];
    private readonly Dictionary<(int, int, string, string), Finding> _said = [];

    public IReadOnlyList<FileFault> Faults => Told(isFault: true);

    public IReadOnlyList<FileFault> Warnings => Told(isFault: false);

    /// <summary>Says what is wrong with a job of this model.</summary>
    public void Check(JobDefinition job, string id, PublishedModel live)
    {
        var place = reading.Places[job.Number - 1];
        switch (live)
        {
            case PublishedModel.NotListed { Meant: var meant }:
                Add(place, true, place.At(
                    "model", ["model"], "", $"Atlas lists no model '{Shown.Short(id)}'",
                    meant is null ? null : $"did you mean '{meant}'?"));
                break;
            case PublishedModel.Undescribed { Why: var why }:
                Add(place, false, place.At("model", ["model"], "", $"{id} is not checked: {why}", null));
                break;
            case PublishedModel.Described { Schema: var schema }:
                var entry = reading.Models.Find(job.Model) is { } known && known.Kind == job.Kind ? known : null;
                foreach (var mismatch in schema.Check(job.Body))
                    Add(place, mismatch.IsSure, place.At(
                        mismatch.Field, Keys(mismatch.Field, entry), mismatch.Below,
                        $"Atlas says of {id}: {mismatch.Message}", mismatch.Hint));
                break;
        }
    }

    /// <summary>The keys of a job that may have become a field of this name, the likeliest first.</summary>
    private static IReadOnlyList<string> Keys(string name, ModelEntry? entry)
    {
        if (entry?.Prompt.Name == name)
            return ["prompt"];
        return entry?.Fields.FirstOrDefault(known => known.Name == name)?.From switch
        {
            CommonField.Size => ["size", "width", "height", "aspect_ratio", "resolution"],
            CommonField.AspectRatio => ["aspect_ratio", "size", "width", "height"],
            CommonField.Image or CommonField.Images => ["image", "images"],
            { } from => [from.Key()],
            null => [name],
        };
    }

    private void Add(JobPlace place, bool isFault, FileFault fault)
    {
        if (_said.TryGetValue((fault.Line, fault.Column, fault.Path, fault.Message), out var before))
        {
            before.More++;
            return;
        }

        var found = new Finding(fault, isFault, place.Row);
        _said[(fault.Line, fault.Column, fault.Path, fault.Message)] = found;
        _found.Add(found);
    }

    private FileFault[] Told(bool isFault)
    {
        var told = new List<FileFault>();
        foreach (var place in _found.Where(found => found.IsFault == isFault)
            .GroupBy(found => (found.Fault.Line, found.Fault.Column)))
        {
            var all = place.ToList();
            told.AddRange(all.Take(RowFindings.MostTold).Select(found => found.Told()));
            if (all.Count > RowFindings.MostTold)
                told.Add(all[0].Fault with
                {
                    Message = $"{all.Count - RowFindings.MostTold} more of other values are not listed", Hint = null,
                });
        }

        return [.. told.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)];
    }

    private sealed class Finding(FileFault fault, bool isFault, string? row)
    {
        public FileFault Fault => fault;

        public bool IsFault => isFault;

        /// <summary>How many further jobs have the same.</summary>
        public int More { get; set; }

        public FileFault Told()
        {
            var others = More == 0 ? "" : FormattableString.Invariant($" and {More} more");
            return row is null ? fault : fault with { Message = $"{fault.Message} ({row}{others})" };
        }
    }
}
