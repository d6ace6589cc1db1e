using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;
using MLExtensions.Networks;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>ML.NET's LightGBM: as it is, or with a lower learning rate, larger trees, and as many of them as validation rows allow.</summary>
internal sealed class LightGbmContender(bool isTuned) : MicrosoftMLContender
{
    private const double ValidationShare = 0.2;

    public override string Key => isTuned ? "lightgbm" : "lightgbm-defaults";

    public override string Name => isTuned ? "LightGbm" : "LightGbm, defaults";

    public override string Settings => isTuned
        ? "ML.NET's, learning rate 0.05, 63 leaves, at most 2,000 iterations, early stopping after 50 on the validation rows, or on 20 % of the training rows where there are none; categories one-hot"
        : "ML.NET's, no options; categories one-hot";

    protected override Split Divide(Split split, int seed) => isTuned ? split.WithValidation(ValidationShare, seed) : base.Divide(split, seed);

    private readonly double? _learningRate = isTuned ? 0.05 : null;
    private readonly int? _leaves = isTuned ? 63 : null;
    private readonly int _iterations = isTuned ? 2000 : 100;
    private readonly int _patience = isTuned ? 50 : 0;

    protected override ITransformer Train(MLContext ml, Trial trial, IDataView training, IDataView? validation)
    {
        switch (trial.Set.Task)
        {
            case LossTasks.BinaryClassification:
                var binary = ml.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
                {
                    LabelColumnName = TableView.Label,
                    FeatureColumnName = Features,
                    Seed = trial.Seed,
                    LearningRate = _learningRate,
                    NumberOfLeaves = _leaves,
                    NumberOfIterations = _iterations,
                    EarlyStoppingRound = _patience,
                });
                return validation is null ? binary.Fit(training) : binary.Fit(training, validation);
            case LossTasks.MulticlassClassification:
                var multiclass = ml.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
                {
                    LabelColumnName = TableView.Label,
                    FeatureColumnName = Features,
                    Seed = trial.Seed,
                    LearningRate = _learningRate,
                    NumberOfLeaves = _leaves,
                    NumberOfIterations = _iterations,
                    EarlyStoppingRound = _patience,
                });
                return validation is null ? multiclass.Fit(training) : multiclass.Fit(training, validation);
            default:
                var regression = ml.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
                {
                    LabelColumnName = TableView.Label,
                    FeatureColumnName = Features,
                    Seed = trial.Seed,
                    LearningRate = _learningRate,
                    NumberOfLeaves = _leaves,
                    NumberOfIterations = _iterations,
                    EarlyStoppingRound = _patience,
                });
                return validation is null ? regression.Fit(training) : regression.Fit(training, validation);
        }
    }
}
