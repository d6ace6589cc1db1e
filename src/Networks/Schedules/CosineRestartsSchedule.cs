namespace MLExtensions.Networks;

/// <summary>
/// Per step: falls from 1 to the end along half a cosine in each cycle, then starts anew. Cycle lengths in epochs are first,
/// first x growth, first x growth², ...
/// </summary>
/// <param name="FirstCycle">The epochs of the first cycle; at least 1 and fewer than those of training.</param>
/// <param name="Growth">How many times as long as the one before a cycle is; at least 1, 2 by default.</param>
/// <param name="End">The factor at the end of a cycle; at least 0 and below 1, 0 by default.</param>
/// <remarks>
/// Loshchilov, Hutter 2016, arXiv 1608.03983 (SGDR); PyTorch's <c>CosineAnnealingWarmRestarts</c> stepped per batch with fractions of
/// epochs, its <c>T_0</c>, <c>T_mult</c> and <c>eta_min</c>.
/// </remarks>
public sealed record CosineRestartsSchedule(int FirstCycle, int Growth = 2, float End = 0) : Schedule
{
    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point)
    {
        double begun = point.Epoch;
        double length = FirstCycle;
        if (Growth == 1)
            begun %= length;
        else
            for (; begun >= length; length *= Growth)
                begun -= length;
        return CosineSchedule.Fall(begun / length, End);
    }

    internal override IEnumerable<string> Validate(double epochs, EarlyStoppingOptions? stopping) => Failures(
        AtLeast(1, FirstCycle)
            ?? (FirstCycle >= epochs ? Invariant($"FirstCycle must be below the {epochs} epochs that it acts on, or nothing restarts, got {FirstCycle}") : null),
        AtLeast(1, Growth), Rate(End));
}
