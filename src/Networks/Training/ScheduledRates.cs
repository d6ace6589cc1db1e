namespace MLExtensions.Networks.Training;

/// <summary>The rates of each step of one training, as the schedules of its options give them.</summary>
/// <param name="options">The options.</param>
internal sealed class ScheduledRates(MlpOptions options)
{
    private readonly float _greatestDropout = options.GreatestDropoutRate;
    private double[] _monitored = new double[16];
    private int _epochs;

    /// <summary>The learning rate that was asked for last.</summary>
    public float LearningRate { get; private set; } = options.Optimizer.LearningRate;

    /// <summary>The rates of a step.</summary>
    /// <param name="epoch">The epochs done.</param>
    /// <param name="batch">The batches of the present epoch that are done.</param>
    /// <param name="batches">The batches of the present epoch.</param>
    /// <exception cref="InvalidOperationException">A schedule gives a factor out of range.</exception>
    public StepSettings At(int epoch, int batch, int batches)
    {
        var point = new SchedulePoint(epoch + batch / (double)batches, options.NumberOfEpochs, 1.0 / batches, _monitored.AsMemory(0, _epochs));
        LearningRate = (float)(options.Optimizer.LearningRate * Factor(options.LearningRateSchedule, point, nameof(options.LearningRateSchedule)));
        double dropout = Factor(options.DropoutSchedule, point, nameof(options.DropoutSchedule));
        if (!(dropout * _greatestDropout < 1))
            throw OutOfRange(nameof(options.DropoutSchedule), options.DropoutSchedule, point, dropout, Invariant($"a dropout rate of {_greatestDropout} times it must stay below 1"));
        return new StepSettings(LearningRate, (float)dropout, (float)Factor(options.WeightDecaySchedule, point, nameof(options.WeightDecaySchedule)));
    }

    /// <summary>Takes note of an epoch's monitored value.</summary>
    /// <param name="monitored">The value, turned so that lower is better.</param>
    public void Note(double monitored)
    {
        if (_epochs == _monitored.Length)
            Array.Resize(ref _monitored, 2 * _epochs);
        _monitored[_epochs++] = monitored;
    }

    /// <summary>Gives or sets the values noted so far.</summary>
    public void Exchange(StateExchange state)
    {
        double[]? noted = _monitored[.._epochs];
        state.Values("monitored", ref noted);
        if (!state.IsSetting)
            return;
        _monitored = noted is { Length: > 0 } ? noted : new double[16];
        _epochs = noted?.Length ?? 0;
    }

    private static double Factor(Schedule schedule, SchedulePoint point, string option)
    {
        double factor = schedule.FactorAt(point);
        return factor >= 0 && float.IsFinite((float)factor) ? factor : throw OutOfRange(option, schedule, point, factor, "expected at least 0 and finite");
    }

    private static InvalidOperationException OutOfRange(string option, Schedule schedule, SchedulePoint point, double factor, string expected) =>
        new(Invariant($"{option} {schedule.GetType().Name} gives the factor {factor} at epoch {point.Epoch} of {point.TotalEpochs}: {expected}."));
}
