namespace MLExtensions.Networks.Diagnosis;

/// <summary>A training that ended with a loss or a weight that is NaN or infinite.</summary>
internal sealed class DivergedTraining : IFinding
{
    public FindingSeverity Severity => FindingSeverity.Error;

    public FindingText? Look(DiagnosedTraining training) => training.Divergence is { } divergence
        ? new(Invariant($"the training diverged in epoch {divergence.Epoch}, batch {divergence.Batch}, and gave no model."), "Lower LearningRate, set ClipGradientNorm, or scale the features.")
        : null;
}
