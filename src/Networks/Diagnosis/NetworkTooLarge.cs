namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// A network of more than ten parameters per row with nothing that holds it back, whose training loss ends below half of its validation loss, by a tenth of what a
/// constant costs or more.
/// </summary>
internal sealed class NetworkTooLarge : IFinding
{
    private const int ParametersOfRow = 10;
    private const double Gap = 0.1;

    public FindingText? Look(DiagnosedTraining training)
    {
        if (training.Experiments is not { DescribesItself: false } || IsHeld(training.Options) || training.ConstantPrediction is not { } constant
            || training.History is not { Epochs: [.., { ValidationLoss: { } validation } last] } || (last.MeasuredTrainingLoss ?? last.TrainingLoss) is var loss && loss > validation / 2)
        {
            return null;
        }

        int parameters = new ParameterLayout(training.Plan.Network).TrainedLength;
        int rows = training.Plan.Split.Training.Length;
        return parameters > (long)ParametersOfRow * rows && validation - loss > Gap * Math.Abs(constant.Loss)
            ? new(Invariant($"the network has {Plural.Of(parameters, "parameter", format: "N0")} for {Plural.Of(rows, "training row", format: "N0")} and no dropout, penalty or decay: at the end the loss is {loss:G3} on the training rows and {validation:G3} on the validation rows."),
                "Try DropoutRate 0.1 to 0.3, AdamWOptions with WeightDecay, fewer units in HiddenLayers, or more rows.")
            : null;
    }

    private static bool IsHeld(MlpOptions options) => options.LeavesUnitsOut || options.DropConnectRate > 0 || options.L1Regularization > 0 || options.L2Regularization > 0
        || options.Optimizer.DecoupledDecay > 0 || options.InputNoise > 0 || options.WeightNoise > 0 || options.RowMixing is not null || options.MaximumNorm is not null;
}
