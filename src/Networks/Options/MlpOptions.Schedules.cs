namespace MLExtensions.Networks;

/// <content>The options of how rates change in the course of training.</content>
public partial record MlpOptions
{
    /// <summary>
    /// How the optimizer's learning rate changes; <see cref="Schedule.Constant"/> by default. The history tells the rate of each epoch.
    /// </summary>
    public Schedule LearningRateSchedule { get; init; } = Schedule.Constant;

    /// <summary>
    /// How dropout changes, on features, hidden layers and their weights alike; <see cref="Schedule.Constant"/> by default. Needs a dropout
    /// rate above 0, and rates that stay below 1.
    /// </summary>
    public Schedule DropoutSchedule { get; init; } = Schedule.Constant;

    /// <summary>
    /// How all that pulls weights towards 0 changes: <see cref="L1Regularization"/>, <see cref="L2Regularization"/> and the optimizer's
    /// weight decay, at least one of them above 0; <see cref="Schedule.Constant"/> by default.
    /// </summary>
    public Schedule WeightDecaySchedule { get; init; } = Schedule.Constant;

    /// <summary>Whether anything is dropped.</summary>
    private bool HasDropout => LeavesUnitsOut || DropConnectRate > 0;

    /// <summary>Whether anything pulls weights towards 0.</summary>
    private bool HasDecay => L1Regularization > 0 || L2Regularization > 0 || Optimizer?.DecoupledDecay > 0;

    /// <summary>The greatest of the dropout rates.</summary>
    internal float GreatestDropoutRate => Math.Max(Math.Max(InputDropoutRate, DropConnectRate),
        DropoutRates is { } rates ? rates.DefaultIfEmpty().Max() : HiddenLayers is { Count: > 0 } ? DropoutRate : 0);

    private IEnumerable<string> CheckSchedules()
    {
        foreach (var (name, schedule) in new[]
        {
            (nameof(LearningRateSchedule), LearningRateSchedule),
            (nameof(DropoutSchedule), DropoutSchedule),
            (nameof(WeightDecaySchedule), WeightDecaySchedule),
        })
        {
            foreach (string message in schedule is null ? [$"{name} must not be null; use Schedule.Constant"] : schedule.Validate(NumberOfEpochs, EarlyStopping).Select(message => $"{name}.{message}"))
                yield return message;
        }

        if (DropoutSchedule is not (null or ConstantSchedule) && !HasDropout)
            yield return Invariant($"DropoutSchedule needs dropout to act on: set DropoutRate, DropoutRates, InputDropoutRate or DropConnectRate above 0");
        else if (DropoutSchedule?.Validate(NumberOfEpochs, EarlyStopping).Any() == false && DropoutSchedule.GreatestFactor(NumberOfEpochs) is > 1 and var factor && GreatestDropoutRate * factor >= 1)
            yield return Invariant($"DropoutSchedule must keep dropout rates below 1, and multiplies one of {GreatestDropoutRate} by up to {factor}");
        if (WeightDecaySchedule is not (null or ConstantSchedule) && !HasDecay)
            yield return Invariant($"WeightDecaySchedule needs a decay to act on: set L1Regularization, L2Regularization or the WeightDecay of the optimizer, if it has one, above 0");
    }
}
