namespace MLExtensions.Networks.Diagnosis;

/// <summary>Layers of which most units are at a limit of their sigmoid or tanh for nearly all rows: before the first step half of them, after the training nearly all.</summary>
internal sealed class SaturatedUnits : IFinding
{
    private const double AtStart = 0.5;
    private const double AtEnd = 0.9;

    public FindingText? Look(DiagnosedTraining training)
    {
        if (training.Experiments is not { } experiments || training.IsOver && experiments.Trained is null)
            return null;

        var layers = training.IsOver ? experiments.Layers(experiments.Trained!.Weights) : experiments.LayersAtStart;
        double limit = training.IsOver ? AtEnd : AtStart;
        if (training.IsOver && experiments.LayersAtStart.Any(layer => layer.SaturatedShare > AtStart) || layers.MaxBy(layer => layer.SaturatedShare ?? 0) is not { } worst || !(worst.SaturatedShare > limit))
            return null;
        return new(Invariant($"{(training.IsOver ? "after the training" : "before the first step")} {100 * worst.SaturatedShare!.Value:0.#} % of the units of layer '{worst.Name}' are saturated: at a limit of their function for nearly all rows, where its slope is next to 0."),
            "Scale the features, take an Initializer with smaller weights, a lower LearningRate, Activation.Relu, or Normalization.");
    }
}
