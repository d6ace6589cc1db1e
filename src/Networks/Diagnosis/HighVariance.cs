namespace MLExtensions.Networks.Diagnosis;

/// <summary>Validation rows on which the model errs more than on training rows, by more than it errs there more than a human: the network learns by heart.</summary>
internal sealed class HighVariance : IFinding
{
    public FindingText? Look(DiagnosedTraining training) => ErrorParts.Of(training) is { } parts && parts.Variance >= parts.Bias && parts.Variance > parts.Noise
        ? new(Invariant($"the error is {parts.Training:G3} on the training rows, {parts.Human:G3} of a human and {parts.Validation:G3} on the validation rows: variance ({parts.Variance:G2}) is the greater part."),
            "Try more rows, more DropoutRate or weight decay, fewer features or units, or an Ensemble.")
        : null;
}
