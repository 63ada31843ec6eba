using AtlasActors.Inputs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>Holds local files against what is known of the model that is to take them. Pure.</summary>
internal static class InputChecks
{
    /// <summary>What does not fit.</summary>
    public static IEnumerable<Complaint> Of(ModelEntry model, IEnumerable<(string Field, InputFile File)> inputs) =>
        from input in inputs
        from field in model.Fields.Where(field => field.Name == input.Field)
        let name = Path.GetFileName(input.File.Path)
        from message in Misfits(field, input.File).Select(misfit => $"{model.Id} is known to take {misfit[0]}, and '{Shown.Short(name)}' {misfit[1]}")
        select new Complaint(field.From.Key(), field.IsSure, message);

    private static IEnumerable<string[]> Misfits(ModelField field, InputFile file)
    {
        if (field.Megabytes is { } most && file.Bytes > (long)most * 1_000_000)
            yield return [$"at most {most} MB", FormattableString.Invariant($"has {file.Bytes / 1e6:0.#} MB")];
        if (field.FileTypes.Count > 0 && !field.FileTypes.Contains(file.Type))
            yield return [$"{FieldRules.Either(field.FileTypes)} files", $"is a {file.Type}"];
    }
}
