namespace MLExtensions.Networks.Diagnosis;

/// <summary>Fewer rows than say anything.</summary>
internal sealed class FewRows : IFinding
{
    private const int Enough = 30;

    public string? Look(DiagnosedTraining training)
    {
        int rows = training.Plan.Split.Training.Length;
        return rows >= Enough
            ? null
            : Invariant($"{rows} rows to train on are few for any network (under {Enough}), and {training.Plan.Split.Validation.Length} to validate on say little. ") +
                "Give more rows, or try a linear model and cross-validation.";
    }
}
