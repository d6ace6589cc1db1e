namespace MLExtensions.Networks.Training;

/// <summary>Remembers the best epoch and its weights, and says when patience is at its end.</summary>
internal sealed class BestEpochTracker(EarlyStoppingOptions? options, bool higherMetricIsBetter, NetworkWeights initialWeights)
{
    private readonly NetworkWeights _bestWeights = initialWeights.Clone();
    private double _bestValue = double.NaN;
    private int _epochsSinceBest;
    private int _bestEpoch;

    /// <summary>The best epoch, counted from 1; without monitoring the last one seen; 0 before the first.</summary>
    public int BestEpoch => _bestEpoch;

    /// <summary>Whether <see cref="EarlyStoppingOptions.Patience"/> epochs have passed without an improvement.</summary>
    public bool OutOfPatience => options is not null && _epochsSinceBest >= options.Patience;

    /// <summary>Whether <see cref="BestWeights"/> are what the model gets.</summary>
    public bool RestoresBest => options is { RestoreBest: true };

    /// <summary>The weights of the best epoch.</summary>
    public NetworkWeights BestWeights => _bestWeights;

    /// <summary>Takes note of an epoch.</summary>
    /// <param name="report">The epoch's values.</param>
    /// <param name="copyWeights">Copies the present weights; called where the epoch is the best so far.</param>
    /// <returns>Whether the epoch is the best so far.</returns>
    public bool Note(EpochReport report, Action<NetworkWeights> copyWeights)
    {
        double value = Monitored(report);
        bool isBest = options is null || double.IsNaN(_bestValue) || value < _bestValue - options.MinimumImprovement;
        if (!isBest)
        {
            _epochsSinceBest++;
            return false;
        }

        _bestValue = value;
        _epochsSinceBest = 0;
        _bestEpoch = report.Epoch;
        if (RestoresBest)
            copyWeights(_bestWeights);
        return true;
    }

    /// <summary>Gives or sets what is the best so far.</summary>
    public void Exchange(StateExchange state)
    {
        state.Number("epoch", ref _bestEpoch);
        state.Number("value", ref _bestValue);
        state.Number("epochs since", ref _epochsSinceBest);
        state.Values("weights", _bestWeights.Values);
    }

    /// <summary>The watched value, turned so that lower is better.</summary>
    public double Monitored(EpochReport report) => options?.Monitor switch
    {
        MonitoredValue.ValidationLoss => report.ValidationLoss!.Value,
        MonitoredValue.ValidationMetric => higherMetricIsBetter ? -report.ValidationMetric!.Value : report.ValidationMetric!.Value,
        _ => report.TrainingLoss,
    };
}
