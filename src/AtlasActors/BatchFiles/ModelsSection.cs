using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>
/// The file's <c>models</c>: another file, beside it, with models that the library does not know or knows wrongly.
/// </summary>
internal static class ModelsSection
{
    /// <summary>
    /// The catalog to read the jobs with; the library's own where the file names none, or a broken one. It is looked for
    /// in <paramref name="place"/>, which may have none.
    /// </summary>
    public static ModelCatalog Read(Section top, FilePlace place, Findings findings)
    {
        if (top.Line("models", top.Find("models"), 1000) is not { } name)
            return ModelCatalog.Default;
        var (path, none) = place.Find(name);
        if (path is null)
        {
            findings.Fault(top.Find("models")!, top.PathOf("models"), $"{Shown.Short(name)}: {none}");
            return ModelCatalog.Default;
        }

        var (text, unreadable) = FileText.Read(path);
        if (text is null)
        {
            findings.Fault(top.Find("models")!, top.PathOf("models"), $"'{Shown.Short(name)}': {unreadable!.Message}");
            return ModelCatalog.Default;
        }

        var inside = new Findings();
        var catalog = ModelCatalog.Read(text, name, ModelCatalog.Default, inside);
        foreach (var fault in inside.Faults)
            findings.Fault(fault with { File = name });
        return catalog ?? ModelCatalog.Default;
    }
}
