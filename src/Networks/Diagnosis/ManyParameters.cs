namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// More parameters than ten times the numbers of the data. The default network is left alone where early stopping holds it: so it was
/// measured on small data.
/// </summary>
internal sealed class ManyParameters : IFinding
{
    private const int Times = 10;

    private static readonly IReadOnlyList<int> s_default = new MlpOptions().HiddenLayers;

    public string? Look(DiagnosedTraining training)
    {
        int rows = training.Plan.Split.Training.Length;
        int parameters = new ParameterLayout(training.Plan.Network).TrainedLength;
        long numbers = (long)rows * training.Data.FeatureCount;
        bool isHeld = training.Plan.Split.Validation.Length > 0 && training.Options.EarlyStopping is { Monitor: not MonitoredValue.TrainingLoss, RestoreBest: true };
        return parameters <= Times * numbers || isHeld && training.Options.HiddenLayers.SequenceEqual(s_default)
            ? null
            : Invariant($"the network has {Plural.Of(parameters, "parameter", format: "N0")} for {Plural.Of(numbers, "number", format: "N0")} ({Plural.Of(rows, "row")} of {Plural.Of(training.Data.FeatureCount, "feature")}), more than {Times} times as many. ") +
                "Try fewer units in HiddenLayers, or DropoutRate and L2Regularization.";
    }
}
