namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// A feature that is nearly the label: that tells amounts with under 2 % of their variance left, or lies in a narrow heap of its own for each class.
/// </summary>
internal sealed class LeakedLabel : IFinding
{
    public FindingText? Look(DiagnosedTraining training)
    {
        // Of one feature there is nothing else to learn from.
        if (training.Experiments is null || training.Data.FeatureCount < 2)
            return null;

        var leaks = training.Relations.Leaks;
        return leaks.Count == 0
            ? null
            : new(Invariant($"{leaks.Count} of {Plural.Of(training.Data.FeatureCount, "feature")} {Plural.Are(leaks.Count)} nearly the label: {training.Describe([.. leaks.Keys], slot => $" {leaks[slot]}")}."),
                "Check whether it is known before the label is; if not, leave it out: the model would be good here and useless later.");
    }
}
