namespace MLExtensions.Networks.Diagnosis;

/// <summary>Batches that nothing can be learned from, such as those of one row with batch normalization: a training refuses them.</summary>
internal sealed class ImpossibleBatches : IFinding
{
    public FindingSeverity Severity => FindingSeverity.Error;

    public FindingText? Look(DiagnosedTraining training) =>
        BatchRules.FailureOf(training.Plan.Split.Training.Length, training.Options, training.Plan.Network) is { } failure
            ? new(failure, "Nothing was trained.")
            : null;
}
