namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// More parameters than ten times the numbers of the data. Networks no larger than those of the presets are left alone where dropout and early
/// stopping hold them: so they were measured on small data.
/// </summary>
internal sealed class ManyParameters : IFinding
{
    private const int Times = 10;

    public FindingText? Look(DiagnosedTraining training)
    {
        int rows = training.Plan.Split.Training.Length;
        int parameters = new ParameterLayout(training.Plan.Network).TrainedLength;
        long numbers = (long)rows * training.Data.FeatureCount;
        return parameters <= Times * numbers || training.IsHeldUsualNetwork
            ? null
            : new(Invariant($"the network has {Plural.Of(parameters, "parameter", format: "N0")} for {Plural.Of(numbers, "number", format: "N0")} ({Plural.Of(rows, "row")} of {Plural.Of(training.Data.FeatureCount, "feature")}), more than {Times} times as many."),
                "Try fewer units in HiddenLayers, or DropoutRate and L2Regularization.");
    }
}
