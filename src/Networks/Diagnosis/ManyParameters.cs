namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// More parameters than ten times the numbers of the data. Networks no larger than those of the presets are left alone where dropout and early
/// stopping hold them: so they were measured on small data.
/// </summary>
internal sealed class ManyParameters : IFinding
{
    private const int Times = 10;

    private const int UsualLayers = 3;

    private const int UsualUnits = 256;

    public string? Look(DiagnosedTraining training)
    {
        int rows = training.Plan.Split.Training.Length;
        int parameters = new ParameterLayout(training.Plan.Network).TrainedLength;
        long numbers = (long)rows * training.Data.FeatureCount;
        bool isHeld = training.Plan.Split.Validation.Length > 0 && training.Options.EarlyStopping is { Monitor: not MonitoredValue.TrainingLoss, RestoreBest: true };
        return parameters <= Times * numbers || isHeld && IsUsual(training.Options)
            ? null
            : Invariant($"the network has {Plural.Of(parameters, "parameter", format: "N0")} for {Plural.Of(numbers, "number", format: "N0")} ({Plural.Of(rows, "row")} of {Plural.Of(training.Data.FeatureCount, "feature")}), more than {Times} times as many. ") +
                "Try fewer units in HiddenLayers, or DropoutRate and L2Regularization.";
    }

    private static bool IsUsual(MlpOptions options) =>
        options is { LeavesUnitsOut: true, HiddenLayers.Count: <= UsualLayers } && options.HiddenLayers.All(units => units <= UsualUnits);
}
