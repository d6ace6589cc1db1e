namespace MLExtensions.Networks.Diagnosis;

/// <summary>A loss before the first step far above that of a network that knows nothing: log K of K classes, the variance of amounts.</summary>
internal sealed class LargeInitialLoss : IFinding
{
    // The start of RealMLP came to 11 times on one table, and learned well from there.
    private const double Times = 30;

    public FindingText? Look(DiagnosedTraining training)
    {
        if (training.Experiments is not { } experiments || ExpectedOf(training) is not { } expected || experiments.InitialLoss is var loss && loss <= Times * Math.Abs(expected))
            return null;

        string what = training.Task switch
        {
            LossTasks.Regression => "the loss of predicting the mean",
            LossTasks.MulticlassClassification => "the loss of an undecided network, log K of K classes,",
            _ => "the loss of an undecided network, log 2,",
        };
        return new($"before the first step the loss is {NumberText.Of(loss)}, and {what} is {NumberText.Of(expected)}: outputs are far too large.",
            training.Task == LossTasks.Regression
                ? "Scale the features (InputScaling), leave LabelTransform at its default, and take an Initializer with smaller weights."
                : "Scale the features (InputScaling), and take an Initializer with smaller weights.");
    }

    /// <summary>The loss that is to be expected before the first step; null where nothing tells.</summary>
    public static double? ExpectedOf(DiagnosedTraining training)
    {
        var experiments = training.Experiments!;
        float[]? outputs = training.Task == LossTasks.Regression ? ConstantPrediction.OutputsOf(experiments.Plan, training.Task)
            : experiments.Plan.Evaluator.Loss is CustomLoss or MaskedLoss ? null
            : new float[training.Plan.Network.Outputs];
        return outputs is null ? null : experiments.Plan.Evaluator.With(experiments.Plan.Evaluator.TaskMetric).OfConstant(outputs, NetworkProbe.Sample(training.Plan.Split.Training, 2000)).Loss;
    }
}
