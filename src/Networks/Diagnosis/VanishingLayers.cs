namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// Values that are next to 0 in a hidden layer before the first step: a standard deviation below 0.001, where about 1 is usual. Gradients are as small, and units
/// start all but alike.
/// </summary>
internal sealed class VanishingLayers : IFinding
{
    private const double Small = 0.001;

    public FindingText? Look(DiagnosedTraining training)
    {
        // The output layer may start at 0. Units that are dead are told of as such.
        var layers = training.Experiments?.LayersAtStart ?? [];
        var layer = layers.SkipLast(1).FirstOrDefault(layer => layer.ActivationDeviation < Small);
        return layer is null || layers.Any(other => other.DeadShare >= 1)
            ? null
            : new(Invariant($"before the first step the values of layer '{layer.Name}' have a standard deviation of {layer.ActivationDeviation:G2}, where about 1 is usual."),
                "Leave Initializer at its default, scale the features (InputScaling), or use Normalization.");
    }
}
