using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>ML.NET's own boosted trees.</summary>
internal sealed class FastTreeContender : MicrosoftMLContender
{
    public override string Key => "fasttree";

    public override string Name => "FastTree";

    public override string Settings => "ML.NET's, no options, one versus all for several classes; categories one-hot";

    protected override ITransformer Train(MLContext ml, Trial trial, IDataView training, IDataView? validation) => trial.Set.Task switch
    {
        LossTasks.BinaryClassification => ml.BinaryClassification.Trainers.FastTree().Fit(training),
        LossTasks.MulticlassClassification => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.FastTree()).Fit(training),
        _ => ml.Regression.Trainers.FastTree().Fit(training),
    };
}
