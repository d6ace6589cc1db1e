namespace MLExtensions.Networks;

/// <summary>Per epoch: factor^k after k of the given epochs, a fall at each.</summary>
/// <param name="Milestones">The epochs after which the rate falls, ascending; each at least 1 and below those of training.</param>
/// <param name="Factor">What remains of the rate at each fall; positive and finite, 0.1 by default.</param>
/// <remarks>PyTorch's <c>MultiStepLR</c>, stepped per epoch.</remarks>
public sealed record MultiStepSchedule(IReadOnlyList<int> Milestones, float Factor = 0.1f) : Schedule
{
    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point)
    {
        int passed = 0;
        while (passed < Milestones.Count && Milestones[passed] <= point.Epoch)
            passed++;
        return Math.Pow(Factor, passed);
    }

    internal override double GreatestFactor(double epochs) => Math.Max(1, Math.Pow(Factor, Milestones.Count));

    internal override IEnumerable<string> Validate(double epochs, EarlyStoppingOptions? stopping)
    {
        if (Milestones is not { Count: > 0 })
        {
            yield return "Milestones must name at least one epoch";
            yield break;
        }

        for (int i = 0; i < Milestones.Count; i++)
        {
            int least = i == 0 ? 1 : Milestones[i - 1] + 1;
            if (Milestones[i] < least || Milestones[i] >= epochs)
                yield return Invariant($"Milestones[{i}] must be at least {least} and below the {epochs} epochs that the schedule acts on, got {Milestones[i]}");
        }
        if (Positive(Factor) is { } ofFactor)
            yield return ofFactor;
    }
}
