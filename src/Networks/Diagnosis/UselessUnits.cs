namespace MLExtensions.Networks.Diagnosis;

/// <summary>Layers of which most units do nothing for the training: before the first step half of them, after the training nearly all.</summary>
internal abstract class UselessUnits : IFinding
{
    private const double AtStart = 0.5;
    private const double AtEnd = 0.9;

    // Units die of steps that are too long, and of values that are too large.
    public IEnumerable<string> FollowsFrom => [nameof(LearningRateTooHigh), nameof(DivergedTraining), nameof(UnscaledFeatures), nameof(ExplodingLayers)];

    public FindingText? Look(DiagnosedTraining training)
    {
        if (training.Experiments is not { } experiments || training.IsOver && experiments.Trained is null)
            return null;

        // What was so at the start has been told then.
        bool wasAtStart = experiments.LayersAtStart.Any(layer => ShareOf(layer) > AtStart);
        if (training.IsOver && wasAtStart)
            return null;
        var layers = training.IsOver ? experiments.Layers(experiments.Trained!.Weights) : experiments.LayersAtStart;
        if (layers.MaxBy(layer => ShareOf(layer) ?? 0) is not { } worst || !(ShareOf(worst) > (training.IsOver ? AtEnd : AtStart)))
            return null;
        return new(Invariant($"{(training.IsOver ? "after the training" : "before the first step")} {100 * ShareOf(worst)!.Value:0.#} % of the units of layer '{worst.Name}' are {What}."),
            Advice(training.IsOver));
    }

    /// <summary>The share of such units in a layer; null where it has none to speak of.</summary>
    protected abstract double? ShareOf(LayerStatistics layer);

    /// <summary>What the units are, and what that means.</summary>
    protected abstract string What { get; }

    /// <summary>What to try.</summary>
    protected abstract string Advice(bool afterTraining);
}
