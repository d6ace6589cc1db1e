using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>Ours, with options that may follow from the task.</summary>
/// <param name="name">Its name.</param>
/// <param name="settings">The options in words.</param>
/// <param name="options">The options for a task.</param>
/// <param name="isOnDemand">Whether it is measured only where it is named.</param>
/// <param name="takesAll">Whether it gets the validation rows among the training rows, as contenders without early stopping do, and sets rows aside or cuts folds of all itself.</param>
internal sealed class DeepMlpContender(string name, string settings, Func<LossTasks, DeepMlpOptions> options, bool isOnDemand = false, bool takesAll = false) : MicrosoftMLContender
{
    public override string Key => name;

    public override string Name => $"ours, {name}";

    public override string Settings => $"{settings}; columns by EncodeTable; {(takesAll ? "rows aside or folds of its own, of training and validation rows" : "validation rows where the protocol has them, else those it sets aside itself")}";

    public override bool IsOnDemand => isOnDemand;

    // What watches no validation rows of the protocol's sets some aside itself.
    protected override Split Divide(Split split, int seed) => takesAll ? base.Divide(split, seed) : split;

    protected override IEstimator<ITransformer> Encode(MLContext ml, Table table) => ml.Transforms.EncodeTable(Features, [.. table.Features.Select(feature => feature.Name)]);

    protected override ITransformer Train(MLContext ml, Trial trial, IDataView training, IDataView? validation)
    {
        var chosen = options(trial.Set.Task) with { LabelColumnName = TableView.Label, FeatureColumnName = Features };
        return trial.Set.Task switch
        {
            LossTasks.BinaryClassification => Fit(ml.BinaryClassification.Trainers.DeepMlp(chosen)),
            LossTasks.MulticlassClassification => Fit(ml.MulticlassClassification.Trainers.DeepMlp(chosen)),
            _ => Fit(ml.Regression.Trainers.DeepMlp(chosen)),
        };

        ITransformer Fit<TModel>(DeepMlpTrainer<TModel> trainer)
            where TModel : DeepMlpModelParameters =>
            validation is null ? trainer.Fit(training) : trainer.Fit(training, validation);
    }
}
