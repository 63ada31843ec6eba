using System.Runtime.CompilerServices;
using AtlasActors.BatchFiles;
using AtlasActors.Jobs;
using AtlasActors.Models;
using AtlasActors.Tests.BatchFiles;
using Xunit;

namespace AtlasActors.Tests.Models;

/// <summary>What each model of the catalog is sent, written out in <c>bodies.txt</c>.</summary>
public class CatalogBodySpecs
{
    public static TheoryData<string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var line in File.ReadLines(Bodies()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var parts = line.Split(" |", 3);
            rows.Add(parts[0], parts[1].Trim(), parts[2].Trim());
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_job_becomes_this_body(string model, string asked, string sent)
    {
        var entry = ModelCatalog.Default.Find(model)!;
        var type = entry.Kind.Word();
        var reading = BatchFileReader.Read(
            $"jobs: [{{name: n, type: {type}, model: {model}{Prompt(entry, asked)}, {asked}}}]", "a.yaml");

        Assert.Empty(reading.Faults);
        Assert.DoesNotContain(reading.Warnings, warning => warning.Path != "jobs[1].model");
        Assert.Equal(entry.Deprecated is not null, reading.Warnings.Count > 0);
        var fields = sent.Length > 0 ? "," + sent : "";
        var prompt = Prompt(entry, asked).Length > 0 ? $"\"{entry.Prompt.Name}\":\"p\"" : null;
        Assert.Equal($$"""{"model":"{{model}}"{{(prompt is null ? "" : "," + prompt)}}{{fields}}}""", reading.Definition!.Jobs[0].Body);
    }

    [Fact]
    public void Every_model_of_the_catalog_is_in_the_table()
    {
        var written = File.ReadLines(Bodies()).Select(line => line.Split(" |", 2)[0]).ToHashSet();

        Assert.DoesNotContain(ModelCatalog.Default.Entries, entry => !written.Contains(entry.Id));
    }

    // A row may say what stands for the prompt under params, in the model's own words.
    private static string Prompt(ModelEntry entry, string asked) =>
        entry.Prompt.Name is { } name && !asked.Contains($"{{{name}:", StringComparison.Ordinal) ? ", prompt: p" : "";

    private static string Bodies([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "bodies.txt");
}
