using static System.FormattableString;

namespace MLExtensions.Trainers;

/// <content>The options of how rates change in the course of training.</content>
public sealed partial record DeepMlpOptions
{
    /// <summary>
    /// How the optimizer's learning rate changes; <see cref="Schedule.Constant"/> by default. The history tells the rate of each epoch.
    /// </summary>
    public Schedule LearningRateSchedule { get; init; } = Schedule.Constant;

    /// <summary>
    /// How dropout changes, on features, hidden layers and their weights alike; <see cref="Schedule.Constant"/> by default. Needs a dropout
    /// rate above 0.
    /// </summary>
    public Schedule DropoutSchedule { get; init; } = Schedule.Constant;

    /// <summary>
    /// How all that pulls weights towards 0 changes: <see cref="L1Regularization"/>, <see cref="L2Regularization"/> and the optimizer's
    /// weight decay, at least one of them above 0; <see cref="Schedule.Constant"/> by default.
    /// </summary>
    public Schedule WeightDecaySchedule { get; init; } = Schedule.Constant;

    /// <summary>The greatest of the dropout rates.</summary>
    internal float GreatestDropoutRate => Math.Max(Math.Max(InputDropoutRate, DropConnectRate), HiddenLayers.Count == 0 ? 0 : Enumerable.Range(0, HiddenLayers.Count).Max(DropoutRateOf));

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

        if (DropoutSchedule is not (null or ConstantSchedule) && !(DropoutRate > 0 || InputDropoutRate > 0 || DropConnectRate > 0 || DropoutRates is not null))
            yield return Invariant($"DropoutSchedule needs dropout to act on: set DropoutRate, DropoutRates, InputDropoutRate or DropConnectRate above 0");
        if (WeightDecaySchedule is not (null or ConstantSchedule) && !(L1Regularization > 0 || L2Regularization > 0 || Optimizer?.DecoupledDecay > 0))
            yield return Invariant($"WeightDecaySchedule needs a decay to act on: set L1Regularization, L2Regularization or the WeightDecay of AdamWOptions or AdamPOptions above 0");
    }
}
