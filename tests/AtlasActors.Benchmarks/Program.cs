using AtlasActors.Benchmarks;
using AtlasActors.Benchmarks.Measuring;
using AtlasActors.Benchmarks.Reports;
using AtlasActors.Benchmarks.Scale;
using AtlasActors.Benchmarks.Small;
using AtlasActors.Benchmarks.Whole;

if (args is [Peers.Command, ..])
{
    await Peers.RunAsync(args[1..]);
    return 0;
}

if (args is ["whole", ..])
{
    if (WholeOrder.Read(args[1..]) is not { } order)
    {
        Console.Error.WriteLine(WholeOrder.Usage);
        return 2;
    }
    Console.WriteLine(await new WholeRunner(order, Console.Error.WriteLine).RunAsync());
    return 0;
}

if (args is ["small", ..])
    return SmallRunner.Run(args[1..]);

if (args is ["scale", ..])
    return await ScaleRunner.MainAsync(args[1..]);

if (!Arguments.TryRead(args, out var arguments, out var fault))
{
    Console.Error.WriteLine(fault);
    Console.Error.WriteLine("Try --help.");
    return 2;
}

if (arguments.Help)
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

if (arguments.List)
{
    foreach (var measure in Catalogue.All)
        Console.WriteLine($"{measure.Name,-18} {measure.What}");
    return 0;
}

RunReport? other = null;
if (arguments.Compare is { } file && !RunReport.TryRead(file, out other))
{
    Console.Error.WriteLine($"{file} is not a run that --json made.");
    return 2;
}

var report = await new Runner(arguments.Rounds, new Sizes(arguments.Scale), Console.Error.WriteLine)
    .Run(Catalogue.Named(arguments.Names));
Console.WriteLine(arguments.Json ? report.ToJson() : TextReport.Of(report, other));
return 0;
