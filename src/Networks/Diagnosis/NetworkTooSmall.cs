namespace MLExtensions.Networks.Diagnosis;

/// <summary>A network with a narrow layer that is worse than one four times as wide, by a tenth of what there is to learn, and beyond chance.</summary>
internal sealed class NetworkTooSmall : IFinding
{
    private const int Narrow = 32;
    private const int Times = 4;
    private const int Least = 64;
    private const double Much = 0.1;

    public FindingText? Look(DiagnosedTraining training)
    {
        if (training.Experiments is not { DescribesItself: false, Trained: { } trained } experiments || training.ConstantPrediction is not { } constant
            || training.EpochOfModel is not { ValidationLoss: { } loss } || training.Options.HiddenLayers is not { } layers || layers.All(units => units >= Narrow) && layers.Count > 0)
        {
            return null;
        }

        int[] wider = layers.Count == 0 ? [Least] : [.. layers.Select(units => units >= Narrow ? units : Math.Max(Least, Times * units))];
        if (experiments.Train(options => options with { HiddenLayers = wider, DropoutRates = layers.Count == 0 ? null : options.DropoutRates, Activations = layers.Count == 0 ? null : options.Activations }) is not { } other)
            return null;
        var gain = PairedDifference.Of(experiments.Validate(trained), experiments.Validate(other));
        return gain.Z > 3.3 && gain.Mean > Much * Math.Abs(constant.Loss - (loss - gain.Mean))
            ? new(Invariant($"HiddenLayers [{string.Join(", ", layers)}] are far too small: with [{string.Join(", ", wider)}] the validation loss is {loss - gain.Mean:G3}, not {loss:G3} (that of a constant is {constant.Loss:G3})."),
                "Try more units in HiddenLayers, or the defaults.")
            : null;
    }
}
