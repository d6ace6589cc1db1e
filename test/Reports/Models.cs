using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Trainers;
using MLExtensions.Tuning;

namespace MLExtensions.Reports.Tests;

/// <summary>Small models of every task, with rows to measure them by.</summary>
internal static class Models
{
    private static readonly DeepMlpOptions s_options = new() { Seed = 1, NumberOfEpochs = 12, HiddenLayers = [16], NumberEmbedding = null, Engine = new ManagedEngine { Threads = 1 } };

    /// <summary>The tasks.</summary>
    public static IEnumerable<string> Tasks => ["Binary", "Multiclass", "Many classes", "Multilabel", "Regression", "Outputs", "Quantiles", "Ensemble", "Refit", "Without validation", "Layers", "Dead units"];

    /// <summary>Rows of three numbers, one of them missing at times, and every kind of label.</summary>
    public static IDataView Rows(MLContext ml, int count = 300, int seed = 1)
    {
        var random = new Random(seed);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ =>
        {
            float[] x = [random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, random.NextSingle()];
            float noise = random.NextSingle() - 0.5f;
            int number = (int)(40 * random.NextSingle());
            return new Row
            {
                Features = x,
                Value = 3 * x[0] + x[1] * x[1] + 0.3f * noise,
                Answer = x[0] + 0.3f * noise > 0 ? "yes" : "no <b>&</b>",
                Kind = x[0] > 0.15 ? "red" : x[1] > 0 ? "green" : "blue",
                Place = "place " + number,
                Flags = [x[0] > 0, x[1] + noise > 0],
                Values = [x[0] + noise, x[1]],
            };
        }).ToList());
    }

    /// <summary>A search of twelve trials.</summary>
    public static TuningResult<DeepMlpRegressionModelParameters> Search(MLContext ml, IDataView rows)
    {
        var space = new SearchSpace().Log("LearningRate", 1e-4, 0.1, (options, rate) => options with { Optimizer = new AdamOptions { LearningRate = (float)rate } })
            .Choice("Activation", [("relu", Activation.Relu), ("<i>", Activation.Tanh)], (options, activation) => options with { Activation = activation });
        return ml.Tune(ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value" }), new() { Space = space, Trials = 12, TrialsAtOnce = 1, Seed = 1 }).Run(rows);
    }

    /// <summary>A model of a task, and the name of its label.</summary>
    public static (ITransformer Model, string Label) Fit(MLContext ml, string task, IDataView rows) => task switch
    {
        "Binary" => (ml.BinaryClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Answer" }).Fit(rows), "Answer"),
        "Multiclass" => (ml.MulticlassClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Kind" }).Fit(rows), "Kind"),
        "Many classes" => (ml.MulticlassClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Place" }).Fit(rows), "Place"),
        "Multilabel" => (ml.MultilabelClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Flags" }).Fit(rows), "Flags"),
        "Regression" => (ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value", LearningRateSchedule = Schedule.OneCycle }).Fit(rows), "Value"),
        "Outputs" => (ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Values" }).Fit(rows), "Values"),
        "Quantiles" => (ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value", Loss = new QuantileLoss(0.1f, 0.5f, 0.9f) }).Fit(rows), "Value"),
        "Ensemble" => (ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value", Ensemble = new() { Members = 3 } }).Fit(rows), "Value"),
        "Refit" => (ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value", RefitOnAllRows = true }).Fit(rows), "Value"),
        "Without validation" => (ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value", EarlyStopping = null }).Fit(rows), "Value"),
        "Layers" => (ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value", HiddenLayers = [8, 8, 8, 8, 8, 8, 8], Normalization = Normalization.Batch, Diagnostics = new() }).Fit(rows), "Value"),
        "Dead units" => (ml.Regression.Trainers.DeepMlp(s_options with
        {
            LabelColumnName = "Value",
            HiddenLayers = [8, 8],
            Activations = [Activation.Tanh, Activation.Relu],
            BiasStart = -30,
            Ensemble = new() { Members = 2 },
            Diagnostics = new(),
        }).Fit(rows), "Value"),
        _ => throw new ArgumentException(task, nameof(task)),
    };

    internal sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public float Value { get; set; }

        public string Answer { get; set; } = "";

        public string Kind { get; set; } = "";

        public string Place { get; set; } = "";

        [VectorType(2)]
        public bool[] Flags { get; set; } = [];

        [VectorType(2)]
        public float[] Values { get; set; } = [];
    }
}
