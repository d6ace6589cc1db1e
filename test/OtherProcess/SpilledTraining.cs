using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Trainers;

/// <summary>A training on rows that do not fit into memory, of a view that makes them as they are read.</summary>
internal static class SpilledTraining
{
    private const int Width = 20;

    public static void Run(string folder, int rows, long maximumBytes, int epochs)
    {
        var ml = new MLContext(seed: 1);
        var fitted = ml.Regression.Trainers.DeepMlp(new DeepMlpOptions
        {
            HiddenLayers = [8],
            BatchSize = 256,
            NumberOfEpochs = epochs,
            EarlyStopping = new() { Patience = epochs },
            Progress = TrainingMonitor.OfEpochs(report => Console.WriteLine($"epoch {report.Epoch}")),
            RowMemory = new() { MaximumBytes = maximumBytes, Folder = folder },
        }).Fit(ml.Data.LoadFromEnumerable(Rows(rows)));
        Console.WriteLine(FormattableString.Invariant($"loss: {fitted.History.Epochs[^1].ValidationLoss:R}"));
        Console.WriteLine($"peak: {File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))[6..^3].Trim()}");
    }

    private static IEnumerable<Row> Rows(int count)
    {
        var random = new Random(1);
        var row = new Row();
        for (int i = 0; i < count; i++)
        {
            for (int slot = 0; slot < Width; slot++)
                row.Features[slot] = random.NextSingle() - 0.5f;
            row.Label = row.Features[0] * row.Features[1] + row.Features[2];
            yield return row;
        }
    }

    private sealed class Row
    {
        [VectorType(Width)]
        public float[] Features { get; set; } = new float[Width];

        public float Label { get; set; }
    }
}
