using System.Globalization;
using MLExtensions.Benchmarks.Accuracy;

if (args is not ["accuracy", .. var rest] || rest.Length > 1)
{
    Console.Error.WriteLine("usage: build/bench.sh accuracy [seeds]");
    return 2;
}

AccuracyTable.Print(seeds: rest is [var seeds] ? int.Parse(seeds, CultureInfo.InvariantCulture) : 5);
return 0;
