using System.Globalization;

namespace AtlasActors.Benchmarks;

/// <summary>What the program was called with.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        Measures the actor library that this program was built with.

        AtlasActors.Benchmarks [NAME...] [options]

          NAME            a measure, or the beginning of the names of several; all where none is given
          --list          the measures, and what each does
          --rounds N      rounds after the warm-up (5)
          --scale F       makes every size so many times as large (1); 0.01 is a try-out, and says nothing of speed
          --json          the result as JSON, for --compare
          --compare FILE  sets the medians beside those of a run that was kept as JSON
          --help          this text

        AtlasActors.Benchmarks whole --help: whole runs of the program, beside a bare loop and the tutorial's way.
        AtlasActors.Benchmarks scale --help: one large batch, in flight, killed, recovered, stopped and queued.
        AtlasActors.Benchmarks small --help: the library's own small parts, by BenchmarkDotNet and with its options.

        Progress goes to the error output, the result to the standard output.
        """;

    public IReadOnlyList<string> Names { get; init; } = [];

    public int Rounds { get; init; } = 5;

    public double Scale { get; init; } = 1;

    public bool Json { get; init; }

    public bool List { get; init; }

    public bool Help { get; init; }

    /// <summary>The JSON file of another run.</summary>
    public string? Compare { get; init; }

    public static bool TryRead(IEnumerable<string> args, out Arguments arguments, out string fault)
    {
        arguments = new Arguments();
        fault = "";
        var rest = new Queue<string>(args);
        while (fault.Length == 0 && rest.TryDequeue(out var word))
            (arguments, fault) = arguments.With(word, rest);
        return fault.Length == 0;
    }

    private (Arguments Read, string Fault) With(string word, Queue<string> rest) => word switch
    {
        "--help" or "-h" => (this with { Help = true }, ""),
        "--list" => (this with { List = true }, ""),
        "--json" => (this with { Json = true }, ""),
        "--rounds" => int.TryParse(Next(rest), CultureInfo.InvariantCulture, out var rounds) && rounds > 0
            ? (this with { Rounds = rounds }, "")
            : (this, "--rounds takes a whole number above 0."),
        "--scale" => double.TryParse(Next(rest), CultureInfo.InvariantCulture, out var scale) && scale > 0
            ? (this with { Scale = scale }, "")
            : (this, "--scale takes a number above 0."),
        "--compare" => Next(rest) is { } file && File.Exists(file)
            ? (this with { Compare = file }, "")
            : (this, "--compare takes a file that --json made."),
        _ when word.StartsWith('-') => (this, $"There is no option {word}."),
        _ when Catalogue.Named([word]).Count == 0 => (this, $"There is no measure {word}; --list shows them."),
        _ => (this with { Names = [.. Names, word] }, "")
    };

    private static string? Next(Queue<string> rest) => rest.TryDequeue(out var value) ? value : null;
}
