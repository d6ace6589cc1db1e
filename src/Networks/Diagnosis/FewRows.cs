namespace MLExtensions.Networks.Diagnosis;

/// <summary>Fewer rows than say anything.</summary>
internal sealed class FewRows : IFinding
{
    private const int Enough = 30;

    public FindingText? Look(DiagnosedTraining training)
    {
        int rows = training.Plan.Split.Training.Length;
        int validation = training.Plan.Split.Validation.Length;
        return rows >= Enough
            ? null
            : new(Invariant($"{Plural.Of(rows, "row")} to train on {Plural.Are(rows)} few for any network (under {Enough}), and {validation} to validate on {(validation == 1 ? "says" : "say")} little."),
                "Give more rows, or try a linear model and cross-validation.");
    }
}
