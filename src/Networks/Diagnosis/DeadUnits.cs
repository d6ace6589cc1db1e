namespace MLExtensions.Networks.Diagnosis;

/// <summary>Layers of which most units give no gradient for any row: before the first step half of them, after the training nearly all.</summary>
internal sealed class DeadUnits : IFinding
{
    private const double AtStart = 0.5;
    private const double AtEnd = 0.9;

    public FindingText? Look(DiagnosedTraining training)
    {
        if (training.Experiments is not { } experiments || training.IsOver && experiments.Trained is null)
            return null;

        var layers = training.IsOver ? experiments.Layers(experiments.Trained!.Weights) : experiments.LayersAtStart;
        double limit = training.IsOver ? AtEnd : AtStart;
        var dead = layers.Where(layer => layer.DeadShare > limit).ToList();
        if (dead.Count == 0 || training.IsOver && experiments.LayersAtStart.Any(layer => layer.DeadShare > AtStart))
            return null;
        var worst = dead.MaxBy(layer => layer.DeadShare)!;
        return new(Invariant($"{(training.IsOver ? "after the training" : "before the first step")} {100 * worst.DeadShare!.Value:0.#} % of the units of layer '{worst.Name}' are dead: they give no gradient for any of the rows."),
            training.IsOver
                ? "Try a lower LearningRate, Activation.LeakyRelu or Activation.Gelu, or Normalization."
                : "Leave Initializer and BiasStart at their defaults, scale the features, or take Activation.LeakyRelu.");
    }
}
