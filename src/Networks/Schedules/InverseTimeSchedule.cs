namespace MLExtensions.Networks;

/// <summary>Per step: 1 / (1 + rate x epoch), with the epoch's fractions.</summary>
/// <param name="Rate">How fast the factor falls: after 1 / rate epochs it is a half; positive and finite.</param>
/// <remarks>Keras' <c>InverseTimeDecay</c> with <c>decay_steps</c> the steps of an epoch.</remarks>
public sealed record InverseTimeSchedule(float Rate) : Schedule
{
    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point) => 1 / (1 + Rate * point.Epoch);

    internal override IEnumerable<string> Validate(double epochs, EarlyStoppingOptions? stopping) => Failures(Positive(Rate));
}
