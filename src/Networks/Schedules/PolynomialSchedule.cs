namespace MLExtensions.Networks;

/// <summary>Per step: end + (1 - end) (1 - t)^power, with t the part of training that is done.</summary>
/// <param name="Power">The power; positive and finite, 1 by default: a straight line.</param>
/// <param name="End">The factor at the end; at least 0 and below 1, 0 by default.</param>
/// <remarks>Keras' <c>PolynomialDecay</c> over all steps; PyTorch's <c>PolynomialLR</c> stepped per batch.</remarks>
public sealed record PolynomialSchedule(float Power = 1, float End = 0) : Schedule
{
    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point) => End + (1 - (double)End) * Math.Pow(1 - point.Progress, Power);

    internal override IEnumerable<string> Validate(double epochs, EarlyStoppingOptions? stopping) => Failures(Positive(Power), Rate(End));
}
