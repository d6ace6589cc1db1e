using Microsoft.ML;

namespace MLExtensions.Progress.Tests;

/// <summary>Trainings that are told of by hand, or are real and short.</summary>
internal static class Trainings
{
    /// <summary>A training of 10 epochs of 4 batches over 1,000 rows.</summary>
    public static TrainingStart Start(int fit = 1, int member = 1, int members = 1, bool isRefit = false, DeepMlpOptions? options = null, int epochs = 10) => new()
    {
        Trainer = "DeepMlpBinaryTrainer",
        Task = LossTasks.BinaryClassification,
        Label = "Income",
        TrainingRows = 1000,
        ValidationRows = 200,
        Features = 3,
        Outputs = 1,
        Batches = 4,
        Epochs = epochs,
        Patience = 16,
        Engine = "managed, 2 threads",
        Seed = 7,
        MetricName = "accuracy",
        HigherMetricIsBetter = true,
        Network = new NetworkDescription(3, 1, []),
        Options = options ?? new DeepMlpOptions(),
        Fit = fit,
        Member = member,
        Members = members,
        IsRefit = isRefit,
        Refits = options?.RefitOnAllRows == true,
    };

    public static EpochReport Epoch(int epoch, bool isBest = true) => new(epoch, 0.5 / epoch, 0.6 / epoch, 0.8 + epoch / 100.0, 0.01f, epoch, isBest);

    public static TrainingHistory History(int epochs, StopReason reason = StopReason.AllEpochs) =>
        new([.. Enumerable.Range(1, epochs).Select(epoch => Epoch(epoch))], epochs, reason, "accuracy", 1000, 200, 7, "managed, 2 threads");

    /// <summary>Options for a training of milliseconds.</summary>
    public static DeepMlpOptions Quick { get; } = new()
    {
        LabelColumnName = "Truth",
        InputScaling = null,
        NumberEmbedding = null,
        WeightAveraging = null,
        HiddenLayers = [8],
        BatchSize = 16,
        NumberOfEpochs = 4,
        Seed = 5,
        Engine = new ManagedEngine { Threads = 1 },
    };

    /// <summary>Trains once.</summary>
    public static TrainingHistory Fit(DeepMlpOptions options)
    {
        var ml = new MLContext(seed: 1);
        return ml.BinaryClassification.Trainers.DeepMlp(options).Fit(Examples.Load(ml)).History;
    }
}
