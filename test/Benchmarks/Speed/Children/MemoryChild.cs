using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>Trains in a fresh process and prints how far that raised its highest working set, and what training had to hold.</summary>
internal static class MemoryChild
{
    private const int Features = 54;
    private const int Batch = 1024;

    public static void Run(int rows, bool rowsKnown)
    {
        // The rows themselves are there before: they are the caller's.
        var source = new NumberRow[rows];
        for (int row = 0; row < rows; row++)
        {
            source[row] = new NumberRow { Features = new float[Features], Label = row % 7 };
            Numbers.Fill(row, source[row].Features);
        }

        Fit(source.AsSpan(0, Math.Min(rows, 2 * Batch)).ToArray());
        GC.Collect(2, GCCollectionMode.Aggressive);
        long before = Environment.WorkingSet;
        var model = Fit(rowsKnown ? source : source.Select(row => row));
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{process.PeakWorkingSet64 - before} {MustHold(rows, model)}"));
        GC.KeepAlive(source);
    }

    private static DeepMlpModelParameters Fit(IEnumerable<NumberRow> rows)
    {
        var ml = new MLContext(1);
        return ml.Regression.Trainers.DeepMlp(new DeepMlpOptions { BatchSize = Batch, NumberOfEpochs = 2, EarlyStopping = null })
            .Fit(NumberRow.View(ml, rows, Features)).Model;
    }

    private static long MustHold(int rows, DeepMlpModelParameters model)
    {
        int values = Features + model.Network.Layers.OfType<LinearLayer>().Sum(layer => layer.Outputs);
        long floats = (long)rows * (Features + 1) + 4L * model.CopyWeights().Layout.TrainedLength + 2L * Batch * values;
        return sizeof(float) * floats;
    }
}
