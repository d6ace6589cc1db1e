namespace MLExtensions.Networks.Diagnosis;

/// <summary>Values that grow from layer to layer before the first step, or are huge: a standard deviation above 100, where about 1 is usual.</summary>
internal sealed class ExplodingLayers : IFinding
{
    private const double Huge = 100;

    public FindingText? Look(DiagnosedTraining training)
    {
        var layer = training.Experiments?.LayersAtStart.FirstOrDefault(layer => layer.ActivationDeviation > Huge);
        return layer is null
            ? null
            : new(Invariant($"before the first step the values of layer '{layer.Name}' have a standard deviation of {layer.ActivationDeviation:G3}, where about 1 is usual."),
                "Scale the features (InputScaling), take an Initializer with smaller weights, or Normalization.");
    }
}
