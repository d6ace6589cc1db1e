namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// Labels that have nothing to do with the features, as where they were shuffled: no feature alone goes with them, by a test that errs in one of 100 trainings, and the
/// model is not better than a constant by three standard errors.
/// </summary>
internal sealed class UnrelatedLabels : IFinding
{
    private const double Certain = 3;

    public FindingSeverity Severity => FindingSeverity.Error;

    public FindingText? Look(DiagnosedTraining training)
    {
        if (training.Gain is not { } gain || gain.Z > Certain || training.Relations.AreRelated)
            return null;

        return new(Invariant($"none of the {Plural.Of(training.Data.FeatureCount, "feature")} goes with the label (a test for each at 1 % for all), and the model's loss is better than that of a constant by {gain.Mean:G2} ± {gain.Error:G2}, which is chance."),
            "Check that each row has its own label: joins, sorting of one column alone, shifted lines. Otherwise the features tell nothing: find others.");
    }
}
