namespace MLExtensions.Networks;

/// <summary>Per epoch: factor^⌊epoch / every⌋, a fall at regular distances.</summary>
/// <param name="EveryEpochs">The epochs from one fall to the next; at least 1 and fewer than those of training.</param>
/// <param name="Factor">What remains of the rate at each fall; positive and finite, 0.1 by default.</param>
/// <remarks>PyTorch's <c>StepLR</c>, stepped per epoch.</remarks>
public sealed record StepSchedule(int EveryEpochs, float Factor = 0.1f) : Schedule
{
    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point) => Math.Pow(Factor, Math.Floor(point.Epoch / EveryEpochs));

    internal override double GreatestFactor(double epochs) => Math.Max(1, Math.Pow(Factor, Math.Ceiling(epochs / EveryEpochs) - 1));

    internal override IEnumerable<string> Validate(double epochs, EarlyStoppingOptions? stopping) => Failures(
        AtLeast(1, EveryEpochs)
            ?? (EveryEpochs >= epochs ? Invariant($"EveryEpochs must be below the {epochs} epochs that it acts on, or the rate never changes, got {EveryEpochs}") : null),
        Positive(Factor));
}
