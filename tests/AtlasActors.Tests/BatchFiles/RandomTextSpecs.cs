using System.Text.Json;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public class RandomTextSpecs
{
    // What YAML and JSON are made of, and what their readers stumble over.
    private static readonly string[] Pieces =
    [
        "jobs:", "\n", "\n  ", "\n    ", "- ", "name: a", "type: image", "type: video", "model: x/y", "prompt: p",
        "params: ", "poll: ", "prices: ", "retries: 3", "x-a: ", "{", "}", "[", "]", ",", ":", " ", "&a ", "*a",
        "<<: ", "'", "\"", "|", ">-\n", "!", "!!str ", "!<", "%YAML 1.", "%TAG ", "---", "...", "#", "?", "\t", "@",
        "\\u", "\\U0011FFFF", "\\ud83d", "~", "null", "1e999", "0x", "-1", ".inf", "\r\n", "\u2028", "\uFEFF", "😀",
        "\uD800", "1.5s", "\0", "\u0085", "\"jobs\":", "\"a\":",
    ];

    [Fact]
    public void Random_text_is_read_or_refused_and_never_thrown_at() =>
        Check(ArbMap.Default.ArbFor<string?>().Convert(text => text ?? "", text => text));

    [Fact]
    public void Random_pieces_of_syntax_are_read_or_refused_and_never_thrown_at() =>
        Check(Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary());

    [Fact]
    public void A_good_file_with_random_pieces_after_it_is_read_or_refused_and_never_thrown_at() =>
        Check(Gen.Elements(Pieces).ListOf().Select(pieces => Faults.Job("image", string.Concat(pieces))).ToArbitrary());

    // The seed is given: a run that fails, fails again.
    private static void Check(Arbitrary<string> texts) =>
        Prop.ForAll(texts, IsReadOrRefused).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(20261121, 3));

    private static bool IsReadOrRefused(string text) =>
        new[] { "a.yaml", "a.json", "a" }.All(fileName => IsReadOrRefused(BatchFileReader.Read(text, fileName)));

    private static bool IsReadOrRefused(BatchFileReading reading)
    {
        if (reading.Definition is null)
            return reading.Faults.Count > 0 && reading.Faults.All(fault => fault is { Line: > 0, Column: > 0 });
        foreach (var job in reading.Definition.Jobs)
            JsonDocument.Parse(job.Body).Dispose();
        return reading.Faults.Count == 0
            && BatchEstimate.Of(reading.Definition, reading.Prices).Time > TimeSpan.Zero
            && BatchFingerprint.Of(reading.Definition).Length == 64;
    }
}
