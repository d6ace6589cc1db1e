namespace MLExtensions.Networks.Diagnosis;

/// <summary>A network that cannot even learn a few rows by heart, with nothing that holds it back.</summary>
internal sealed class SubsetNotLearned : IFinding
{
    public FindingSeverity Severity => FindingSeverity.Error;

    public FindingText? Look(DiagnosedTraining training)
    {
        // A linear model is made not to.
        if (training.Options.HiddenLayers is not { Count: > 0 } || training.Experiments?.Subset is not { Learned: false } subset)
            return null;

        string metric = training.Plan.Evaluator.TaskMetric.Name;
        string reached = training.Plan.Evaluator.TaskMetric.HigherIsBetter ? Invariant($"{metric} came to {subset.Metric:G3}") : Invariant($"{metric} came to {subset.Metric:G3}, that of a constant being {subset.ConstantMetric:G3}");
        return new(Invariant($"{subset.Rows} rows alone, without dropout and penalties, were not learned by heart in {subset.Steps} steps: {reached}."),
            "Something is broken, or the network is far too small: check Initializer, BiasStart, LearningRate, activations and losses of your own, and rows with the same features and other labels; try more units in HiddenLayers.");
    }
}
