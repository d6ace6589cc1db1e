namespace MLExtensions.Networks.Training;

/// <summary>
/// Remembers the epoch with the least watched value and its weights, and says when patience is at its end: when so many epochs in a row
/// were no improvement on the last that was one.
/// </summary>
internal sealed class BestEpochTracker(EarlyStoppingOptions? options, bool higherMetricIsBetter, NetworkWeights initialWeights)
{
    private readonly NetworkWeights _bestWeights = initialWeights.Clone();
    private double _bestValue = double.NaN;
    private double _improvedValue = double.NaN;
    private int _epochsSinceImprovement;
    private int _bestEpoch;

    /// <summary>The best epoch, counted from 1; without monitoring the last one seen; 0 before the first.</summary>
    public int BestEpoch => _bestEpoch;

    /// <summary>Whether <see cref="EarlyStoppingOptions.Patience"/> epochs have passed without an improvement.</summary>
    public bool OutOfPatience => options is not null && _epochsSinceImprovement >= options.Patience;

    /// <summary>Whether <see cref="BestWeights"/> are what the model gets.</summary>
    public bool RestoresBest => options is { RestoreBest: true };

    /// <summary>Whether the watched value is the training loss.</summary>
    public bool MonitorsTraining => options is { Monitor: MonitoredValue.TrainingLoss };

    /// <summary>The weights of the best epoch.</summary>
    public NetworkWeights BestWeights => _bestWeights;

    /// <summary>Takes note of an epoch.</summary>
    /// <param name="report">The epoch's values.</param>
    /// <param name="copyWeights">Copies the present weights; called where the epoch is the best so far.</param>
    /// <returns>Whether the epoch is the best so far.</returns>
    public bool Note(EpochReport report, Action<NetworkWeights> copyWeights)
    {
        double value = Monitored(report);
        _epochsSinceImprovement++;
        if (options is null || double.IsNaN(_improvedValue) || value < _improvedValue - options.MinimumImprovement)
            (_improvedValue, _epochsSinceImprovement) = (value, 0);
        if (options is not null && (options.PreferLast ? value > _bestValue : value >= _bestValue))
            return false;

        (_bestValue, _bestEpoch) = (value, report.Epoch);
        if (RestoresBest)
            copyWeights(_bestWeights);
        return true;
    }

    /// <summary>Gives or sets what is the best so far.</summary>
    public void Exchange(StateExchange state)
    {
        state.Number("epoch", ref _bestEpoch);
        state.Number("value", ref _bestValue);
        state.Number("improved value", ref _improvedValue);
        state.Number("epochs since", ref _epochsSinceImprovement);
        state.Values("weights", _bestWeights.Values);
    }

    /// <summary>The watched value, turned so that lower is better.</summary>
    public double Monitored(EpochReport report) => Monitored(report, options, higherMetricIsBetter);

    /// <summary>The value of an epoch that options watch, turned so that lower is better.</summary>
    public static double Monitored(EpochReport report, EarlyStoppingOptions? options, bool higherMetricIsBetter) => options?.Monitor switch
    {
        MonitoredValue.ValidationLoss => report.ValidationLoss!.Value,
        MonitoredValue.ValidationMetric => higherMetricIsBetter ? -report.ValidationMetric!.Value : report.ValidationMetric!.Value,
        _ => report.TrainingLoss,
    };
}
