namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// So few validation rows that the standard error of what the model gains over a constant is above half of what the constant costs: which epoch or which options are better
/// cannot be seen on them.
/// </summary>
internal sealed class NoisyValidation : IFinding
{
    private const double Much = 0.5;

    public FindingSeverity Severity => FindingSeverity.Hint;

    public FindingText? Look(DiagnosedTraining training)
    {
        if (training.Gain is not { } gain || training.ConstantPrediction is not { } constant || !(gain.Error > Much * Math.Abs(constant.Loss)))
            return null;

        return new(Invariant($"on {Plural.Of(training.Plan.Split.Validation.Length, "validation row")} the model's loss is below that of a constant ({constant.Loss:G3}) by {gain.Mean:G2} ± {gain.Error:G2}: smaller differences between epochs or options are noise."),
            "Give more validation rows (EarlyStopping.ValidationFraction), or compare by cross-validation.");
    }
}
