namespace MLExtensions.Networks.Diagnosis;

/// <summary>Training rows on which the model errs more than a human, by more than it errs more on validation rows than on these: the network does not fit.</summary>
internal sealed class HighBias : IFinding
{
    public FindingText? Look(DiagnosedTraining training) => ErrorParts.Of(training) is { } parts && parts.Bias > parts.Variance && parts.Bias > parts.Noise
        ? new(Invariant($"the error is {parts.Training:G3} on the training rows, {parts.Human:G3} of a human and {parts.Validation:G3} on the validation rows: bias ({parts.Bias:G2}) is the greater part."),
            "Try a larger network, more epochs, another LearningRate, less DropoutRate and L2Regularization, better features, or one of the presets.")
        : null;
}
