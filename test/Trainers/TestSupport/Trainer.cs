using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>The three trainers behind one face, for tests of what they share.</summary>
internal static class Trainer
{
    /// <summary>Options for a training of milliseconds, of which no part is there that a test does not ask for.</summary>
    public static DeepMlpOptions Quick { get; } = new()
    {
        InputScaling = null,
        NumberEmbedding = null,
        WeightAveraging = null,
        HiddenLayers = [8],
        BatchSize = 16,
        NumberOfEpochs = 4,
        DropoutRate = 0,
        Seed = 5,
        Engine = new ManagedEngine { Threads = 1 },
    };

    /// <summary>The label column of <see cref="Examples"/>.</summary>
    public static string LabelOf(LearningTask task) => task switch
    {
        LearningTask.Binary => "Truth",
        LearningTask.Multiclass => "Class",
        _ => "Value",
    };

    public static DeepMlpOptions QuickFor(LearningTask task) => Quick with { LabelColumnName = LabelOf(task) };

    /// <summary>Makes the trainer of a task; the label column is that of the options.</summary>
    public static IEstimator<ITransformer> Of(LearningTask task, MLContext ml, DeepMlpOptions options) => task switch
    {
        LearningTask.Binary => ml.BinaryClassification.Trainers.DeepMlp(options),
        LearningTask.Multiclass => ml.MulticlassClassification.Trainers.DeepMlp(options),
        _ => ml.Regression.Trainers.DeepMlp(options),
    };

    /// <summary>Trains on <see cref="Examples"/> or other data.</summary>
    public static Fitted Fit(LearningTask task, MLContext ml, DeepMlpOptions options, IDataView data, IDataView? validation = null)
    {
        return task switch
        {
            LearningTask.Binary => Fitted.Of(Train(ml.BinaryClassification.Trainers.DeepMlp(options))),
            LearningTask.Multiclass => Fitted.Of(Train(ml.MulticlassClassification.Trainers.DeepMlp(options))),
            _ => Fitted.Of(Train(ml.Regression.Trainers.DeepMlp(options))),
        };

        DeepMlpTransformer<TModel> Train<TModel>(DeepMlpTrainer<TModel> trainer)
            where TModel : DeepMlpModelParameters =>
            validation is null ? trainer.Fit(data) : trainer.Fit(data, validation);
    }

    /// <summary>Trains a quick model on the examples.</summary>
    public static Fitted Fit(LearningTask task, Func<DeepMlpOptions, DeepMlpOptions>? change = null, Example[]? rows = null)
    {
        var ml = new MLContext(seed: 1);
        var options = QuickFor(task);
        return Fit(task, ml, change?.Invoke(options) ?? options, Examples.Load(ml, rows ?? Examples.Rows()));
    }
}
