using System.Globalization;
using MLExtensions.Benchmarks;
using MLExtensions.Benchmarks.Accuracy;
using MLExtensions.Benchmarks.Libtorch;
using MLExtensions.Benchmarks.Speed;
using MLExtensions.Benchmarks.Web;

try
{
    switch (args)
    {
        case ["accuracy", .. var rest]:
            AccuracyCommand.Run(AccuracyOptions.Parse(rest), Console.Out, Console.Error);
            return 0;
        case ["defaults"]:
            AccuracyTable.Print(seeds: 5);
            return 0;
        case ["defaults", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out int seeds):
            AccuracyTable.Print(seeds);
            return 0;
        case ["speed", .. var rest]:
            SpeedCommand.Run(SpeedOptions.Parse(rest), $"build/bench.sh {string.Join(' ', args)}", Console.Out);
            return 0;
        case ["bdn", .. var rest]:
            return MicroBenchmarks.Run(rest);
        case ["torchsharp", .. var rest]:
            LibtorchCommand.Run(rest);
            return 0;
        case ["web", .. var rest]:
            WebCommand.Run(rest, Console.Out);
            return 0;

        // What the speed command starts as processes of their own.
        case ["startup"]:
            StartupChild.Run();
            return 0;
        case ["neighbour"]:
            NeighbourChild.Run();
            return 0;
        case ["memory", var rows, var known]:
            MemoryChild.Run(int.Parse(rows, CultureInfo.InvariantCulture), rowsKnown: known == "known");
            return 0;
        case ["rows", var rows, var maximumBytes, var trained]:
            RowsChild.Run(int.Parse(rows, CultureInfo.InvariantCulture), long.Parse(maximumBytes, CultureInfo.InvariantCulture), int.Parse(trained, CultureInfo.InvariantCulture));
            return 0;
    }
}
catch (UsageException exception)
{
    Console.Error.WriteLine(exception.Message);
}

Console.Error.WriteLine($"""
    usage: build/bench.sh {AccuracyOptions.Usage}
           build/bench.sh defaults [seeds]
           build/bench.sh {SpeedOptions.Usage}
           build/bench.sh bdn [BenchmarkDotNet arguments]
           build/bench.sh {LibtorchCommand.Usage}
           build/bench.sh {WebCommand.Usage}
    """);
return 2;
