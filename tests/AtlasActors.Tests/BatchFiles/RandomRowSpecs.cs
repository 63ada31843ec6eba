using System.Text.Json;
using AtlasActors.BatchFiles;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public sealed class RandomRowSpecs : IDisposable
{
    // What batch files, CSV, JSON and templates are made of: none of it may mean anything in a cell.
    private static readonly string[] Pieces =
    [
        "{", "}", "{{", "}}", "{a}", "{b}", "{row}", "{{a}}", "\"", "'", "\\", "\\n", "\n", "\r\n", "\t", " ", ":",
        ": ", "- ", "[", "]", ",", ";", "#", "&a", "*a", "<<: ", "!!int ", "%", "|", ">", "name: x", "null", "~",
        "true", "1", "-1.5e3", "0x1F", ".inf", "007", "oak", "語🌙", "\u2028", "\u0085", "$(x)", "</b>",
    ];

    private readonly RowFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_cell_arrives_as_it_is_whatever_stands_in_it_from_CSV() => Check(Text(), cell =>
    {
        var batch = _files.With($"a,b\n{Quoted(cell)},x\n");
        return ArrivesIn(batch, "rows.csv", cell);
    });

    [Fact]
    public void A_cell_arrives_as_it_is_whatever_stands_in_it_from_JSON() => Check(Text(), cell =>
    {
        var batch = _files.With(JsonSerializer.Serialize(new[] { new { a = cell, b = "x" } }), "rows.json");
        return ArrivesIn(batch, "rows.json", cell);
    });

    [Fact]
    public void Random_templates_over_random_cells_make_jobs_or_faults_and_never_throw() =>
        Check(Text().ArrayOf(6), texts =>
        {
            _files.With($"a,b,row 1\n{string.Join(',', texts[..3].Select(Quoted))}\n,,\n");
            var job = new { name = texts[3], type = "image", model = "m{b}", prompt = texts[4], width = texts[5] };
            var withParams = new
            {
                foreach_ = "rows.csv", job.name, job.type, job.model, job.prompt, job.width,
                @params = new { x = texts[5], y = new[] { texts[3], texts[4] } },
            };
            var text = JsonSerializer.Serialize(new { jobs = new[] { withParams } })
                .Replace("foreach_", "foreach", StringComparison.Ordinal);
            var reading = _files.Read(text, "a.json");
            foreach (var made in reading.Definition?.Jobs ?? [])
                JsonDocument.Parse(made.Body).Dispose();
            return (reading.Definition is null) == (reading.Faults.Count > 0)
                && reading.Faults.All(fault => fault is { Line: > 0, Column: > 0 });
        });

    private static bool ArrivesIn(RowFiles files, string rows, string cell)
    {
        var batch = files.Batch($$"""
            jobs:
              - foreach: {{rows}}
                name: n
                type: image
                model: m
                prompt: "<{a}>"
                params: {a: "{a}.", b: ["{a}", "{a}", x]}
            """);
        using var body = JsonDocument.Parse(batch.Jobs.Single().Body);
        var sent = body.RootElement;
        var alone = sent.GetProperty("b")[0];
        return sent.GetProperty("prompt").GetString() == $"<{cell}>"
            && sent.GetProperty("a").GetString() == cell + "."
            && (string.IsNullOrWhiteSpace(cell)
                || (alone.ValueKind == JsonValueKind.String ? alone.GetString() : alone.GetRawText()) == cell)
            && sent.EnumerateObject().Select(field => field.Name).SequenceEqual(
                ["model", "prompt", "width", "height", "a", "b"]);
    }

    private static Gen<string> Text() => Gen.Elements(Pieces).ListOf().Select(string.Concat);

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // The seed is given: a run that fails, fails again.
    private static void Check<T>(Gen<T> cases, Func<T, bool> holds) => Prop
        .ForAll(cases.ToArbitrary(), holds)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20261121, 7));
}
