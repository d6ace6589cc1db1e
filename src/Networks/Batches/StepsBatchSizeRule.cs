namespace MLExtensions.Networks;

/// <summary>
/// The power of two that comes nearest to a number of steps per epoch: 2^⌊log₂(n / steps) + ½⌋ for n training rows, within bounds.
/// </summary>
/// <param name="StepsPerEpoch">The steps aimed at; at least 1.</param>
public sealed record StepsBatchSizeRule(int StepsPerEpoch) : BatchSizeRule
{
    /// <summary>The least batch size; a power of two, 16 by default.</summary>
    public int Minimum { get; init; } = 16;

    /// <summary>The greatest batch size; a power of two and at least <see cref="Minimum"/>, 1,024 by default.</summary>
    public int Maximum { get; init; } = 1_024;

    private protected override int Choose(int rows)
    {
        double exponent = Math.Floor(Math.Log2(rows / (double)StepsPerEpoch) + 0.5);
        return Math.Clamp(1 << (int)Math.Clamp(exponent, 0, 30), Minimum, Maximum);
    }

    internal override IEnumerable<string> Validate() => base.Validate().Concat(Failures(
        AtLeast(1, StepsPerEpoch),
        !BitOperations.IsPow2(Minimum) ? Invariant($"Minimum must be a power of two, got {Minimum}") : null,
        !BitOperations.IsPow2(Maximum) || Maximum < Minimum ? Invariant($"Maximum must be a power of two and at least Minimum, {Minimum}, got {Maximum}") : null));
}
