using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Rendering;

public sealed class JsonReportSpecs
{
    private static readonly string[] Fields =
    [
        "batch", "source", "endpoint", "state", "exit_code", "message", "counts", "money", "by_model",
        "duration_seconds", "output_dir", "manifest", "results", "skipped", "next",
    ];

    [Fact]
    public void The_names_of_its_fields_are_a_promise()
    {
        var document = Written(BatchPhase.Finished, [Views.Done(1)]);
        Assert.Equal(Fields, Names(document));
        Assert.Equal(
            ["total", "succeeded", "failed", "overdue", "in_doubt", "refused", "not_finished", "skipped", "cancelled"],
            Names(document.GetProperty("counts")));
        Assert.Equal(
            ["charged", "estimated", "reserved", "in_doubt", "budget", "unconfirmed"],
            Names(document.GetProperty("money")));
        Assert.Equal(
            ["model", "jobs", "succeeded", "cost", "unconfirmed"], Names(document.GetProperty("by_model")[0]));
        Assert.Equal(
            [
                "number", "name", "type", "model", "status", "attempts", "cost", "generation_time", "prediction_id",
                "output_url", "files", "error", "why", "cost_reported", "unconfirmed_cost", "estimated_cost",
                "price_basis",
            ],
            Names(document.GetProperty("results")[0]));
    }

    [Fact]
    public void Its_values_are_numbers_words_and_the_texts_as_they_are()
    {
        var document = Written(
            BatchPhase.Finished, [Views.Done(1, "雨夜的茶馆"), Views.Job(2, JobStage.InDoubt, error: "nobody knows")]);
        Assert.Equal("finished", document.GetProperty("state").GetString());
        Assert.Equal(3, document.GetProperty("exit_code").GetInt32());
        Assert.Equal(0.04m, document.GetProperty("money").GetProperty("charged").GetDecimal());
        Assert.Equal(65, document.GetProperty("duration_seconds").GetDouble());
        var results = document.GetProperty("results");
        Assert.Equal("雨夜的茶馆", results[0].GetProperty("name").GetString());
        Assert.Equal("image", results[0].GetProperty("type").GetString());
        Assert.Equal("succeeded", results[0].GetProperty("status").GetString());
        Assert.Equal(12.3, results[0].GetProperty("generation_time").GetDouble());
        Assert.Equal("in_doubt", results[1].GetProperty("status").GetString());
        Assert.Equal("atlas-actors retry out --in-doubt", document.GetProperty("next").GetString());
    }

    [Fact]
    public void Letters_of_every_script_can_be_read_in_it()
    {
        using var output = new StringWriter();
        Json.Write(output, new { Name = "Föhn über 한강" });
        Assert.Equal("{\n  \"name\": \"Föhn über 한강\"\n}\n", output.ToString());
    }

    private static JsonElement Written(BatchPhase phase, IReadOnlyList<JobView> jobs)
    {
        var report = new RunReport(
            Views.Batch(phase, jobs), jobs, [new SkippedJob("Jingle", "audio", 3, 5)], StateFolder.Of("out", "/"),
            TimeSpan.FromSeconds(65));
        using var output = new StringWriter();
        Json.Write(output, JsonReport.Of(report, "why", report.ExitCode));
        return JsonSerializer.Deserialize<JsonElement>(output.ToString());
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(field => field.Name)];
}
