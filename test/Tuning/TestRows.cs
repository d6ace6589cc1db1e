using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Tuning.Tests;

/// <summary>Rows of every task, of which a network learns something, and options that train quickly.</summary>
internal static class TestRows
{
    public static DeepMlpOptions Quick { get; } = new()
    {
        HiddenLayers = [8],
        NumberEmbedding = null,
        NumberOfEpochs = 12,
        BatchSize = 32,
        EarlyStopping = new() { Patience = 4 },
        Seed = 1,
    };

    /// <summary>One range, the learning rate.</summary>
    public static SearchSpace Rates { get; } = new SearchSpace().Log("LearningRate", 1e-4, 0.1, (options, rate) => options with { Optimizer = new AdamOptions { LearningRate = (float)rate } });

    public static Row[] Make(int count, int seed = 1, int groups = 10)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            float[] x = [.. Enumerable.Range(0, 3).Select(_ => (float)(2 * random.NextDouble() - 1))];
            float y = x[0] * x[1] + x[2];
            string group = $"g{i % groups}";
            return new Row { Features = x, Number = 10 * y, Sign = y > 0, Name = y < -0.5 ? "low" : y > 0.5 ? "high" : "middle", Labels = [x[0] > 0, x[1] + x[2] > 0], Group = group, Raw = x[0] };
        })];
    }

    public static IDataView View(MLContext ml, int count = 300, int seed = 1) => ml.Data.LoadFromEnumerable(Make(count, seed));

    internal sealed class Row
    {
        [VectorType(3)] public float[] Features { get; set; } = [];
        public float Number { get; set; }
        public bool Sign { get; set; }
        public string Name { get; set; } = "";
        [VectorType(2)] public bool[] Labels { get; set; } = [];
        public string Group { get; set; } = "";
        public float Raw { get; set; }
    }
}
