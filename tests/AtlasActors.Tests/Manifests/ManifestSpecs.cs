using System.Text;
using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Manifests;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Manifests;

public class ManifestSpecs
{
    private static readonly ManifestHead Head = new(BatchId.Parse("b1"), "pack.yaml", "pipeline_output", 4, [new("song", "audio", 9, 5)]);

    private static readonly ManifestResult Good = new(
        1, 4, "Hero 产品", "black-forest-labs/flux-2-pro/text-to-image", MediaKind.Image, JobStage.Succeeded, "https://cdn/x.png",
        [new OutputFile("images/hero_产品.png", 3, "abc")], new Usd(0.04m), Usd.Zero, TimeSpan.FromSeconds(12.34), null, "p1", 1);

    private static readonly ManifestResult Bad = Good with
    {
        Job = 2, Stage = JobStage.Failed, OutputUrl = null, Files = [], Cost = Usd.Zero, GenerationTime = null, Error = "blocked",
    };

    [Fact]
    public void It_has_the_tutorials_fields_and_values()
    {
        var json = Written(Bad, Good);

        Assert.Equal("2026-11-21T06:00:00.000000+00:00", json.GetProperty("generated_at").GetString());
        Assert.Equal("0.0400", json.GetProperty("total_cost").GetRawText());
        Assert.Equal(4, json.GetProperty("total_jobs").GetInt32());
        Assert.Equal((1, 1), (json.GetProperty("successful").GetInt32(), json.GetProperty("failed").GetInt32()));
        var first = json.GetProperty("results")[0];
        Assert.Equal("Hero 产品", first.GetProperty("name").GetString());
        Assert.Equal("image", first.GetProperty("type").GetString());
        Assert.Equal("success", first.GetProperty("status").GetString());
        Assert.Equal("https://cdn/x.png", first.GetProperty("output_url").GetString());
        Assert.Equal("pipeline_output/images/hero_产品.png", first.GetProperty("local_path").GetString());
        Assert.Equal("0.0400", first.GetProperty("cost").GetRawText());
        Assert.Equal("12.3", first.GetProperty("generation_time").GetRawText());
        Assert.Equal(JsonValueKind.Null, first.GetProperty("error").ValueKind);
    }

    [Fact]
    public void A_long_one_is_written_piece_by_piece_and_whole()
    {
        using var target = new CountingStream();
        Manifest.Write(target, Head with { Jobs = 5000 }, [.. Enumerable.Range(1, 5000).Select(job => Good with { Job = job })], Some.Time);

        Assert.InRange(target.LongestWrite, 1, 128 * 1024);
        using var json = JsonDocument.Parse(target.ToArray());
        Assert.Equal(5000, json.RootElement.GetProperty("results").GetArrayLength());
    }

    [Fact]
    public void A_failed_job_costs_nothing_and_says_why()
    {
        var bad = Written(Bad).GetProperty("results")[0];

        Assert.Equal(("failed", "blocked", "0.0000"),
            (bad.GetProperty("status").GetString(), bad.GetProperty("error").GetString(), bad.GetProperty("cost").GetRawText()));
        Assert.Equal(JsonValueKind.Null, bad.GetProperty("local_path").ValueKind);
    }

    [Fact]
    public void What_is_in_doubt_is_neither_a_success_nor_a_failure()
    {
        var json = Written(Bad with { Stage = JobStage.InDoubt, PossibleCost = new Usd(0.04m) });

        Assert.Equal((0, 0, 1), (json.GetProperty("successful").GetInt32(), json.GetProperty("failed").GetInt32(), json.GetProperty("in_doubt").GetInt32()));
        Assert.Equal("0.0400", json.GetProperty("possible_cost").GetRawText());
        Assert.Equal("0.0000", json.GetProperty("total_cost").GetRawText());
    }

    [Fact]
    public void What_was_cancelled_is_neither_a_failure_nor_unfinished()
    {
        var json = Written(Bad with { Stage = JobStage.Cancelled, Error = "Cancelled before anything was sent." });

        Assert.Equal(("cancelled", 1, 0), (json.GetProperty("results")[0].GetProperty("status").GetString(),
            json.GetProperty("cancelled").GetInt32(), json.GetProperty("failed").GetInt32()));
        Assert.Equal(json.GetProperty("total_jobs").GetInt32() - 1, json.GetProperty("unfinished").GetInt32());
    }

    [Fact]
    public void A_cost_says_whether_Atlas_told_it_and_an_unknown_one_counts_as_not_told()
    {
        var told = Good with { CostReported = true, Unconfirmed = Usd.Zero, Estimate = new Usd(0.05m), PriceBasis = PriceBasis.Quote };
        var guessed = Good with { Job = 3, Cost = new Usd(0.03m), CostReported = false, Unconfirmed = new Usd(0.03m), Estimate = new Usd(0.03m) };
        var old = Good with { Job = 4, Cost = new Usd(0.02m) };

        var json = Written(told, Bad, guessed, old);

        Assert.Equal(("0.0900", "0.0500", "false"),
            (json.GetProperty("total_cost").GetRawText(), json.GetProperty("unconfirmed_cost").GetRawText(), json.GetProperty("cost_reported").GetRawText()));
        Assert.Equal([("true", "0.0000"), ("null", "0.0000"), ("false", "0.0300"), ("false", "0.0200")],
            json.GetProperty("results").EnumerateArray().Select(result =>
                (result.GetProperty("cost_reported").GetRawText(), result.GetProperty("unconfirmed_cost").GetRawText())));
        Assert.Equal([("0.0500", "\"quote\""), ("null", "null"), ("0.0300", "null"), ("null", "null")],
            json.GetProperty("results").EnumerateArray().Select(result =>
                (result.GetProperty("estimated_cost").GetRawText(), result.GetProperty("price_basis").GetRawText())));
    }

    [Fact]
    public void Names_of_any_script_stand_in_it_as_they_are() => Assert.Contains("Hero 产品", Text(Good), StringComparison.Ordinal);

    [Fact]
    public void Jobs_left_out_are_named() =>
        Assert.Equal("audio", Written(Good).GetProperty("skipped")[0].GetProperty("type").GetString());

    private static JsonElement Written(params ManifestResult[] results) => JsonDocument.Parse(Text(results)).RootElement;

    private static string Text(params ManifestResult[] results)
    {
        using var stream = new MemoryStream();
        Manifest.Write(stream, Head, results, Some.Time);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class CountingStream : MemoryStream
    {
        public int LongestWrite { get; private set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            LongestWrite = Math.Max(LongestWrite, count);
            base.Write(buffer, offset, count);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            LongestWrite = Math.Max(LongestWrite, buffer.Length);
            base.Write(buffer);
        }
    }
}
