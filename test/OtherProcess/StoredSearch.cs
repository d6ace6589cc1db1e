using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Trainers;
using MLExtensions.Tuning;

/// <summary>Searches the options of a regression, one trial at a time, with its trials in a file.</summary>
internal static class StoredSearch
{
    public static void Run(string store, int trials)
    {
        var ml = new MLContext(1);
        var random = new Random(1);
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 1000).Select(_ =>
        {
            float[] x = [(float)random.NextDouble(), (float)random.NextDouble(), (float)random.NextDouble()];
            return new Row { Features = x, Label = x[0] * x[1] + x[2] };
        }).ToArray());
        var options = new TuningOptions { Store = store, Trials = trials, TrialsAtOnce = 1, Seed = 5, Threads = 1, TrainsBestOnAllRows = false, Progress = new Lines(), Space = SearchSpace.For(LossTasks.Regression) };

        var result = ml.Tune(ml.Regression.Trainers.DeepMlp(new DeepMlpOptions { HiddenLayers = [16], NumberOfEpochs = 10, NumberEmbedding = null }), options).Run(data);

        foreach (var trial in result.Leaderboard.Trials)
            Console.WriteLine($"result {Text(trial)}");
    }

    private static string Text(Trial trial) => string.Create(CultureInfo.InvariantCulture, $"{trial.Number} {trial.State} {trial.Score:R} {trial.Epochs} {string.Join(' ', trial.Values)}");

    private sealed class Lines : IProgress<Trial>
    {
        public void Report(Trial value) => Console.WriteLine($"trial {Text(value)}");
    }

    private sealed class Row
    {
        [VectorType(3)] public float[] Features { get; set; } = [];
        public float Label { get; set; }
    }
}
