namespace MLExtensions.Networks.Training;

/// <summary>Takes the statistics of layers after each epoch: looks at weights, and changes nothing of the training.</summary>
internal sealed class LayerWatch
{
    private readonly NetworkProbe _probe;
    private readonly NetworkWeights _before;
    private readonly NetworkWeights _after;
    private bool _hasBefore;

    private LayerWatch(NetworkProbe probe, ParameterLayout layout)
    {
        (_probe, _before, _after) = (probe, new NetworkWeights(layout), new NetworkWeights(layout));
    }

    /// <summary>Makes one where options ask for it; else null.</summary>
    /// <param name="plan">The training.</param>
    /// <param name="meanWeight">The mean weight of the training rows.</param>
    public static LayerWatch? Create(TrainingPlan plan, double meanWeight)
    {
        if (plan.Options.Diagnostics is not { } options)
            return null;

        int[] rows = NetworkProbe.Sample(plan.Split.Training, options.NumberOfRows);
        return new LayerWatch(new NetworkProbe(plan.Network, plan.Data, rows, plan.Evaluator.Loss, meanWeight), new ParameterLayout(plan.Network));
    }

    /// <summary>The layers that are measured, without what is measured.</summary>
    public IReadOnlyList<LayerStatistics> Layers => _probe.Layers;

    /// <summary>Keeps the weights before the last step of an epoch.</summary>
    public void NoteLastStep(IMlpSession session)
    {
        session.GetWeights(_before);
        _hasBefore = true;
    }

    /// <summary>Measures the layers after an epoch.</summary>
    public IReadOnlyList<LayerStatistics> Measure(IMlpSession session)
    {
        session.GetWeights(_after);
        var layers = _probe.Measure(_after, _hasBefore ? _before : null);
        // An epoch that the time limit cuts short has no such step.
        _hasBefore = false;
        return layers;
    }
}
