using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>A trainer of ML.NET's or ours, behind what makes one feature vector of a table.</summary>
internal abstract class MicrosoftMLContender : IContender
{
    protected const string Features = "Features";

    public abstract string Key { get; }

    public abstract string Name { get; }

    public abstract string Settings { get; }

    public virtual bool IsOnDemand => false;

    /// <summary>The split as the trainer wants it: with validation rows, or with all rows to train on.</summary>
    protected virtual Split Divide(Split split, int seed) => split with { Training = split.Seen, Validation = [] };

    /// <summary>Makes the column <c>Features</c>; fitted to the training rows alone.</summary>
    protected virtual IEstimator<ITransformer> Encode(MLContext ml, Table table) => FeatureColumns.OneHot(ml, table, Features);

    /// <summary>Trains on encoded rows.</summary>
    protected abstract ITransformer Train(MLContext ml, Trial trial, IDataView training, IDataView? validation);

    public Prediction Run(Trial trial)
    {
        var ml = new MLContext(trial.Seed);
        var split = Divide(trial.Split, trial.Seed);
        var training = View(split.Training);

        long start = Stopwatch.GetTimestamp();
        var encoder = Encode(ml, trial.Table).Fit(training);
        var model = Train(ml, trial, encoder.Transform(training), split.Validation.Length == 0 ? null : encoder.Transform(View(split.Validation)));
        var time = Stopwatch.GetElapsedTime(start);

        return new Prediction(ScoresOf(model.Transform(encoder.Transform(View(split.Test))), trial), time);

        TableView View(int[] rows) => new(trial.Table, trial.Set.Task, rows);
    }

    public virtual void Dispose() { }

    private static float[] ScoresOf(IDataView scored, Trial trial) => trial.Set.Task switch
    {
        LossTasks.BinaryClassification => [.. scored.GetColumn<float>("Probability")],
        LossTasks.MulticlassClassification => [.. scored.GetColumn<float[]>("Score").SelectMany(Probabilities)],
        _ => [.. scored.GetColumn<float>("Score")],
    };

    // What is trained one versus all need not add up to 1.
    private static IEnumerable<float> Probabilities(float[] scores)
    {
        float sum = scores.Sum();
        return scores.Select(score => sum > 0 ? score / sum : 1f / scores.Length);
    }
}
