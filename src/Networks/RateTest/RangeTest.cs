namespace MLExtensions.Networks.RateTest;

/// <summary>
/// A learning-rate range test: a training of few steps, each at a higher rate than the one before, until the loss leaves. It is the training of
/// the plan (network, optimizer, batches, dropout, penalties), but for its rates.
/// </summary>
internal static class RangeTest
{
    // Of what the smoothed loss fell, and of what was left: fastai and Lightning end at 4 times the least loss.
    private const double Rise = 3;

    // Of the running mean that says when to end. The loss of the first steps is noise.
    private const double Decay = 0.9;

    private const int FewestSteps = 10;

    /// <summary>Runs the test.</summary>
    /// <param name="plan">The training whose rate is looked for.</param>
    /// <param name="engine">What trains.</param>
    /// <param name="options">The rates.</param>
    /// <param name="isCanceled">Whether to stop.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The optimizer has no rate to look for, or none gave a finite loss.</exception>
    public static LearningRateCurve Run(TrainingPlan plan, IMlpEngine engine, LearningRateTestOptions options, Func<bool> isCanceled)
    {
        if (plan.Options.Optimizer is { TakesAllRows: true } optimizer)
            throw new InvalidOperationException($"{optimizer.GetType().Name} finds the length of each step itself: there is no learning rate to look for.");

        int steps = options.StepsFor(BatchPlans.Of(plan)[0].MaximumBatchRows);
        var rates = new List<float>();
        var losses = new List<double>();
        var end = new EndOfTest();
        bool diverged = false;
        var observer = new TrainingObserver(_ => { }, () => isCanceled() || IsOver(), TimeProvider.System) { Step = Note };
        try
        {
            TrainingLoop.Run(plan with { Options = OptionsOf(plan.Options, options, steps), Split = plan.Split with { Validation = [] }, TimeLimit = null }, observer, engine);
        }
        catch (TrainingDivergedException)
        {
            diverged = true;
        }
        if (isCanceled())
            throw new OperationCanceledException("The search for a learning rate was cancelled.", plan.Options.CancellationToken);
        return losses.Count >= FewestSteps
            ? LearningRateCurve.Of(rates, losses, diverged || end.HasRisen)
            : throw new InvalidOperationException(Invariant($"The loss is NaN or infinite after {Plural.Of(losses.Count, "step")} at learning rates from {options.From}: scale the features, or begin with a smaller From."));

        bool IsOver() => end.HasRisen || losses.Count >= steps;

        // Engines that tell of steps at the end of an epoch go on to its end.
        void Note(StepReport step)
        {
            if (IsOver())
                return;
            rates.Add(step.LearningRate);
            losses.Add(step.Loss);
            end.Note(step.Loss);
        }
    }

    private static MlpOptions OptionsOf(MlpOptions options, LearningRateTestOptions test, int steps) => options with
    {
        LearningRateSchedule = new RangeSchedule(test.From / (double)options.Optimizer.LearningRate, test.To / (double)options.Optimizer.LearningRate, steps),
        DropoutSchedule = Schedule.Constant,
        WeightDecaySchedule = Schedule.Constant,
        WeightAveraging = null,
        BatchGrowth = null,
        EarlyStopping = null,
        MeasureTraining = false,
        Diagnostics = null,
        NumberOfEpochs = steps,
        KeepBestWhenCanceled = true,
    };

    /// <summary>Sees where the loss leaves.</summary>
    private sealed class EndOfTest
    {
        private double _mean;
        private double _weight;
        private double _first = double.NaN;
        private double _least = double.PositiveInfinity;
        private int _steps;

        public bool HasRisen { get; private set; }

        public void Note(double loss)
        {
            _mean = Decay * _mean + (1 - Decay) * loss;
            _weight = Decay * _weight + (1 - Decay);
            double smoothed = _mean / _weight;
            if (++_steps < FewestSteps)
                return;
            if (double.IsNaN(_first))
                _first = smoothed;
            _least = Math.Min(_least, smoothed);
            HasRisen |= smoothed - _least > Rise * Math.Max(Math.Abs(_least), _first - _least);
        }
    }
}
