namespace MLExtensions.Networks.Training;

/// <summary>The training loop: for each epoch train, validate, record, maybe stop. Knows no columns and no arithmetic.</summary>
internal sealed class TrainingLoop
{
    // In place of the reason for which a training ended.
    private const int StillGoing = -1;

    private readonly TrainingPlan _plan;
    private readonly TrainingObserver _observer;
    private readonly IMlpSession _session;
    private readonly RankGroup? _ranks;
    private readonly BatchPlans _plans;
    private readonly EpochRows _rows;
    private readonly BestEpochTracker _tracker;
    private readonly ScheduledRates _rates;
    private readonly AveragedWeights? _averaging;
    private readonly NetworkWeights? _before;
    private readonly LayerWatch? _layers;
    private readonly List<EpochReport> _epochs = [];
    private readonly long _started;
    private readonly double _meanWeight;
    private readonly double _presentTargets;
    private double _secondsBefore;
    private int _epochsDone;
    private BatchPlan _batches;
    private StopReason? _stop;

    private TrainingLoop(TrainingPlan plan, TrainingObserver observer, IMlpEngine engine)
    {
        _plan = plan;
        _observer = observer;
        _started = observer.Clock.GetTimestamp();
        _rows = new EpochRows(plan);
        _rates = new ScheduledRates(plan.Options);
        _plans = BatchPlans.Of(plan);

        _presentTargets = plan.Evaluator.Loss is MaskedLoss ? MissingTargets.Present(plan.Data, plan.Split.Training) : 1;
        _meanWeight = plan.Data.WeightOf(plan.Split.Training) / plan.Split.Training.Length * _presentTargets;
        var weights = StartWeights.Of(plan);
        _tracker = new BestEpochTracker(plan.Options.EarlyStopping, plan.Evaluator.HigherMetricIsBetter, weights);
        _session = engine.Open(plan.Network, _rows.Data, new EngineSettings
        {
            Loss = plan.Evaluator.Loss,
            Optimizer = plan.Options.Optimizer,
            L1 = plan.Options.L1Regularization,
            L2 = plan.Options.L2Regularization,
            InputNoise = plan.Options.InputNoise,
            Mixing = plan.Options.RowMixing,
            MixTargets = plan.Evaluator.TargetsAreAmounts,
            MaximumBatchRows = _plans.MaximumBatchRows,
            MeanWeight = _meanWeight,
            Seed = plan.Seed,
            Update = plan.Options.UpdateSettingsFor(_plans[0].BatchCount),
            Ranks = _ranks = RankGroup.Of(plan.Options.Communicator),
        });
        _session.SetWeights(weights);
        _averaging = AveragedWeights.Create(plan.Options.WeightAveraging, weights.Layout, _plans[0].BatchCount);
        if (_tracker is { RestoresBest: true, MonitorsTraining: true } && _averaging is null)
            _before = weights.Clone();
        _layers = LayerWatch.Create(plan, _meanWeight);
        if (plan.Resume is { } state)
            Exchange(StateExchange.From(state));
    }

    private double Seconds => _secondsBefore + _observer.Clock.GetElapsedTime(_started).TotalSeconds;

    /// <summary>Trains a network.</summary>
    /// <exception cref="OperationCanceledException">The training was cancelled, and the options ask for no model then.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight became NaN or infinite.</exception>
    public static (NetworkWeights Weights, TrainingHistory History) Run(TrainingPlan plan, TrainingObserver observer, IMlpEngine engine)
    {
        var loop = new TrainingLoop(plan, observer, engine);
        using (loop._rows)
        using (loop._session)
            return loop.Run(engine.Name);
    }

    /// <summary>How long a training has lasted whose state was kept.</summary>
    public static TimeSpan TimeOf(TrainingState state)
    {
        double seconds = 0;
        StateExchange.From(state).Number("seconds", ref seconds);
        return TimeSpan.FromSeconds(seconds);
    }

    private (NetworkWeights Weights, TrainingHistory History) Run(string engineName)
    {
        int last = _plan.LastEpoch ?? _plan.Options.NumberOfEpochs;
        for (int epoch = _epochsDone + 1; epoch <= last && _stop is null; epoch++)
        {
            if (_before is not null && _plans[epoch - 1].BatchCount == 1)
                _session.GetWeights(_before);
            double? trainingLoss = TrainEpoch(epoch);
            if (trainingLoss is null || _stop == StopReason.Canceled)
                break;
            Record(epoch, trainingLoss.Value);
            if (_tracker.OutOfPatience)
                _stop ??= StopReason.NoImprovement;
            if (_stop is null && epoch < last)
                _observer.Keep?.Invoke(epoch, isLast: false, TakeState);
        }

        _stop ??= StopReason.AllEpochs;
        if (_stop != StopReason.Canceled)
            _observer.Keep?.Invoke(_epochsDone, isLast: true, TakeState);
        var history = new TrainingHistory(_epochs, _tracker.BestEpoch, _stop.Value, _plan.Evaluator.MetricName,
            _plan.Split.Training.Length, _plan.Split.Validation.Length, _plan.Seed, engineName);
        return (FinalWeights(), history);
    }

    /// <summary>
    /// One pass over the training rows in a new random order; the weighted mean of the batches' losses, or null where training
    /// ended before the first batch.
    /// </summary>
    private double? TrainEpoch(int epoch)
    {
        if (MustStop())
            return null;

        _rows.Shuffle(epoch);
        _batches = _plans[epoch - 1];
        var queue = _session as IQueuedMlpSession;
        double lossSum = 0, weightSum = 0;
        List<QueuedStep>? queued = queue is null ? null : [];
        for (int batch = 0; batch < _batches.BatchCount && (batch == 0 || !MustStop()); batch++)
        {
            var rows = _rows[_batches[batch]];
            var settings = _rates.At(epoch - 1, batch, _batches.BatchCount);
            if (batch == _batches.BatchCount - 1)
                _layers?.NoteLastStep(_session);
            var step = new QueuedStep(rows.Length, _plan.Data.WeightOf(rows), settings.LearningRate);
            if (queue is null)
                Count(batch, _session.Step(rows, settings), step);
            else
                queue.Enqueue(rows, settings);
            queued?.Add(step);
        }
        foreach (var (batch, loss) in (queue?.TakeLosses() ?? []).Index())
            Count(batch, loss, queued![batch]);
        return weightSum > 0 ? lossSum / weightSum : 0;

        void Count(int batch, double loss, QueuedStep step)
        {
            if (!double.IsFinite(loss))
                throw Diverged(epoch, batch + 1, Invariant($"the loss is {loss}"));

            lossSum += loss * step.Rows * _meanWeight;
            weightSum += step.Weight * _presentTargets;
            _observer.Step?.Invoke(new StepReport(epoch, batch + 1, _batches.BatchCount, step.Rows, loss, step.LearningRate));
        }
    }

    private TrainingState TakeState()
    {
        var state = new TrainingState();
        Exchange(StateExchange.Into(state));
        return state;
    }

    /// <summary>Gives or sets all that changes in the course of the training.</summary>
    private void Exchange(StateExchange state)
    {
        double seconds = Seconds;
        int stop = _stop is { } reason ? (int)reason : StillGoing;
        state.Number("epoch", ref _epochsDone);
        state.Number("seconds", ref seconds);
        state.Number("stop", ref stop);
        if (state.IsSetting)
        {
            _secondsBefore = seconds;
            _stop = stop == StillGoing ? null : (StopReason)stop;
            if (_epochsDone > 0)
                _batches = _plans[_epochsDone - 1];
        }
        EpochReports.Exchange(_epochs, state.Of("history"), _layers?.Layers);
        _tracker.Exchange(state.Of("best"));
        _rates.Exchange(state.Of("rates"));
        _averaging?.Exchange(state.Of("averages"));
        _session.Exchange(state.Of("session"));
    }

    private void Record(int epoch, double trainingLoss)
    {
        var layers = _layers?.Measure(_session);
        bool isAveraged = _averaging?.Enter(epoch, _session, _batches.BatchCount, RowsAgain) ?? false;
        var (loss, metric) = _plan.Evaluator.Evaluate(_session, _plan.Split.Validation);
        if (loss is { } value && !double.IsFinite(value))
            throw Diverged(epoch, _batches.BatchCount, Invariant($"the validation loss is {value}"));
        if (metric is { } measuredMetric && !double.IsFinite(measuredMetric))
            throw new InvalidOperationException(Invariant($"EarlyStopping.Metric {_plan.Evaluator.MetricName} gave {measuredMetric} in epoch {epoch}: expected a finite number."));

        var measured = _plan.Options.MeasureTraining ? _plan.Evaluator.Evaluate(_session, _plan.Split.Training) : default;
        var report = new EpochReport(epoch, trainingLoss, loss, metric, _rates.LearningRate,
            Seconds, IsBest: false)
        {
            MeasuredTrainingLoss = measured.Loss,
            TrainingMetric = measured.Metric is { } ofTraining && double.IsFinite(ofTraining) ? ofTraining : null,
            TrainingError = _plan.Evaluator.InLabelUnits(trainingLoss),
            ValidationError = loss is { } validation ? _plan.Evaluator.InLabelUnits(validation) : null,
            Layers = layers,
        };
        report = report with { IsBest = _tracker.Note(report, CopyMeasured) };
        _rates.Note(_plan.Monitored is { } monitored ? monitored[Math.Min(epoch, monitored.Count) - 1] : _tracker.Monitored(report));
        if (isAveraged)
            _averaging!.Leave(_session);
        _epochs.Add(report);
        _epochsDone = epoch;
        _observer.Report(report);
    }

    // The rows of the epoch that was trained, from the first batch on.
    private ReadOnlySpan<int> RowsAgain(int batch)
    {
        if (batch == 0)
            _rows.Rewind();
        return _rows[_batches[batch]];
    }

    /// <summary>Whether training must end before the next batch, because of a cancellation or the time limit.</summary>
    private bool MustStop()
    {
        var wish = _ranks?.Agree(Wish()) ?? Wish();
        if (wish == StopWish.Stop)
        {
            _stop = _epochsDone > 0 ? StopReason.Canceled : throw Canceled("Training was stopped before its first epoch was done: there is nothing yet to keep.", default);
        }
        else if (wish == StopWish.Cancel)
        {
            _stop = StopReason.Canceled;
            if (!_plan.Options.KeepBestWhenCanceled)
                throw Canceled("Training was cancelled.", _plan.Options.CancellationToken);
        }
        else if (wish == StopWish.TimeIsUp)
        {
            _stop = StopReason.TimeLimit;
        }
        return _stop is not null;
    }

    private OperationCanceledException Canceled(string message, CancellationToken token) =>
        _ranks is null ? new OperationCanceledException(message, token) : new AgreedCancellationException(message, token);

    private StopWish Wish() =>
        _observer.IsStopped() ? StopWish.Stop
        : _observer.IsCanceled() ? StopWish.Cancel
        : Seconds >= _plan.TimeLimit?.TotalSeconds ? StopWish.TimeIsUp
        : StopWish.None;

    /// <summary>Copies the weights that an epoch was measured with: where it is one batch, its training loss is of those before the update.</summary>
    private void CopyMeasured(NetworkWeights destination)
    {
        if (_before is not null && _batches.BatchCount == 1)
            _before.Values.CopyTo(destination.Values, 0);
        else
            _session.GetWeights(destination);
    }

    /// <summary>The update of the last epoch, which nothing was measured with, may have made the best weights better.</summary>
    private void TryLastUpdate(NetworkWeights best)
    {
        if (_before is null || _epochsDone == 0 || _tracker.BestEpoch != _epochsDone || _batches.BatchCount > 1)
            return;

        _session.GetWeights(_before);
        double? last = _plan.Evaluator.Evaluate(_session, _plan.Split.Training).Loss;
        _session.SetWeights(best);
        if (last < _plan.Evaluator.Evaluate(_session, _plan.Split.Training).Loss)
            _before.Values.CopyTo(best.Values, 0);
    }

    private NetworkWeights FinalWeights()
    {
        var weights = _tracker.BestWeights;
        TryLastUpdate(weights);
        if (!_tracker.RestoresBest && _averaging is { HasAverages: true })
            _averaging.CopyTo(weights);
        else if (!_tracker.RestoresBest)
            _session.GetWeights(weights);

        // A step can spoil the weights after its loss was still finite.
        return weights.Values.All(float.IsFinite)
            ? weights
            : throw Diverged(_epochs.Count, _batches.BatchCount, "a weight is NaN or infinite");
    }

    private TrainingDivergedException Diverged(int epoch, int batch, string what) =>
        new(epoch, batch, what, _rates.LearningRate);

    /// <summary>What is known of a step before its loss is.</summary>
    private readonly record struct QueuedStep(int Rows, double Weight, float LearningRate);
}
