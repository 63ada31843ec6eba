using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>What came of reading a batch file.</summary>
/// <param name="FileName">The file's name as the user gave it.</param>
/// <param name="Definition">The batch; null when there are faults.</param>
/// <param name="Prices">The prices that the batch was priced with: the file's own over the usual ones.</param>
/// <param name="Faults">Everything that is wrong, by line; nothing may be sent while there is any.</param>
/// <param name="Warnings">What its author should know, by line; the batch runs all the same.</param>
public sealed record BatchFileReading(
    string FileName, BatchDefinition? Definition, PriceTable Prices,
    IReadOnlyList<FileFault> Faults, IReadOnlyList<FileFault> Warnings)
{
    /// <summary>The files that it names and that were found, by their names as written: what must go with it elsewhere.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>The catalog that the jobs were read with.</summary>
    internal ModelCatalog Models { get; init; } = ModelCatalog.Default;

    /// <summary>Where the jobs of the batch stand, in their order.</summary>
    internal IReadOnlyList<JobPlace> Places { get; init; } = [];
}
