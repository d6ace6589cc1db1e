namespace MLExtensions.Networks;

/// <summary>Per epoch: factor^⌊epoch⌋.</summary>
/// <param name="Factor">What remains of the rate after an epoch; positive and finite.</param>
/// <remarks>PyTorch's <c>ExponentialLR</c>, stepped per epoch.</remarks>
public sealed record ExponentialSchedule(float Factor) : Schedule
{
    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point) => Math.Pow(Factor, point.WholeEpochs);

    internal override double GreatestFactor(double epochs) => Math.Max(1, Math.Pow(Factor, Math.Ceiling(epochs) - 1));

    internal override IEnumerable<string> Validate(double epochs, EarlyStoppingOptions? stopping) => Failures(Positive(Factor));
}
