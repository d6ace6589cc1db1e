namespace MLExtensions.Networks.Diagnosis;

/// <summary>A model that is no better on the validation rows, by loss and by metric, than the same prediction for all rows.</summary>
internal sealed class NoBetterThanConstant : IFinding
{
    private const int FewestRows = 10;
    private const double Better = 0.01;

    public FindingText? Look(DiagnosedTraining training)
    {
        if (training.EpochOfModel is not { ValidationLoss: { } loss, ValidationMetric: { } metric } || training.Plan.Split.Validation.Length < FewestRows
            || training.ConstantPrediction is not { } constant)
        {
            return null;
        }

        bool isBetter = training.Plan.Evaluator.HigherMetricIsBetter
            ? metric > constant.Metric + Chance(constant.Metric, training.Plan.Split.Validation.Length)
            : metric < (1 - Better) * constant.Metric;
        if (isBetter || loss < constant.Loss - Better * Math.Abs(constant.Loss))
            return null;

        string guess = training.Task switch
        {
            LossTasks.Regression => training.Options.Loss is QuantileLoss ? "the quantiles of the training labels" : "the mean of the training labels",
            LossTasks.MultilabelClassification => "what is commoner of each label",
            _ => "the commonest class",
        };
        return new(Invariant($"on the {training.Plan.Split.Validation.Length} validation rows the model is no better than predicting {guess}: {training.Plan.Evaluator.MetricName} {metric:G3}, that of the guess {constant.Metric:G3}."),
            "Check that rows have their own labels and that features are scaled; try another LearningRate or more epochs.");
    }

    /// <summary>By how much a share of some rows may be greater by chance, for the best of many epochs: three standard errors. 0 of what is no share, as R² below 0.</summary>
    private static double Chance(double share, int rows) => 3 * Math.Sqrt(Math.Max(share * (1 - share), 0) / rows);
}
