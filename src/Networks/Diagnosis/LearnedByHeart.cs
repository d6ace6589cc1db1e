namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// A loss that is far less on the training rows than on the validation rows at the end: by more than half of what the same prediction for
/// all rows would cost, and what it gets wrong is more than a third of what that gets wrong. A few mistakes that a network is sure of cost
/// much, too, though it does well. Networks no larger than those of the presets are left alone where dropout and early stopping hold them.
/// </summary>
internal sealed class LearnedByHeart : IFinding
{
    private const double Gap = 0.5;
    private const double Wrong = 1 / 3.0;

    public FindingText? Look(DiagnosedTraining training)
    {
        if (training.IsHeldUsualNetwork || training.History is not { Epochs: [.., { ValidationLoss: { } validation, ValidationMetric: { } metric } last] } || training.ConstantPrediction is not { } constant
            || validation - last.TrainingLoss <= Gap * Math.Abs(constant.Loss) || last.TrainingLoss >= Gap * validation || !IsWrong(training.Plan.Evaluator, metric, constant.Metric))
        {
            return null;
        }

        string model = training.EpochOfModel is { } kept && kept != last ? Invariant($" The model is that of epoch {kept.Epoch}, with {kept.ValidationLoss:G3} on the validation rows.") : "";
        return new(Invariant($"at the end the loss is {last.TrainingLoss:G3} on the training rows and {validation:G3} on the validation rows: the network learns rows by heart.{model}"),
            "Try fewer units in HiddenLayers, DropoutRate, L2Regularization, or more rows.");
    }

    private static bool IsWrong(ValidationEvaluator evaluator, double metric, double constant) => evaluator.HigherMetricIsBetter
        ? 1 - metric > Wrong * (1 - constant)
        : metric * metric > Wrong * constant * constant;
}
