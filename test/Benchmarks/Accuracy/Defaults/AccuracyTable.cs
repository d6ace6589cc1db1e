using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>Prints what default options reach on real data, with and without batch normalization, as a markdown table.</summary>
internal static class AccuracyTable
{
    public static void Print(int seeds)
    {
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors, {seeds} seeds");
        Console.WriteLine();
        Console.WriteLine("| data | protocol | metric | defaults | with batch normalization | seconds |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var task in AccuracyTask.All)
        {
            var watch = Stopwatch.StartNew();
            string plain = Measure(task, new DeepMlpOptions(), seeds);
            string normalized = Measure(task, new DeepMlpOptions { Normalization = Normalization.Batch }, seeds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {task.Data} | {task.Protocol} | {task.Metric} | {plain} | {normalized} | {watch.Elapsed.TotalSeconds:F0} |"));
        }
    }

    /// <summary>Mean and standard deviation over contexts of different seeds, each with splits and networks of its own.</summary>
    private static string Measure(AccuracyTask task, DeepMlpOptions options, int seeds)
    {
        double[] values = [.. Enumerable.Range(1, seeds).Select(seed => task.Measure(new MLContext(seed), options))];
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return string.Create(CultureInfo.InvariantCulture, $"{mean:F3} ± {deviation:F3}");
    }
}
