namespace MLExtensions.Networks;

/// <summary>
/// Per step: a straight line from a start to 1 over the first epochs, then another schedule, which counts from the end of the rise and
/// spans the epochs that are left.
/// </summary>
/// <param name="Next">The schedule after the rise.</param>
/// <param name="Epochs">The epochs of the rise, fractions allowed; positive and below those of training.</param>
/// <param name="Start">The factor of the first step; above 0 and at most 1, 0.01 by default.</param>
/// <remarks>
/// Goyal et al. 2017, arXiv 1706.02677; PyTorch's <c>LinearLR</c> stepped per batch, followed by another in a <c>SequentialLR</c>.
/// </remarks>
public sealed record WarmUpSchedule(Schedule Next, double Epochs, float Start = 0.01f) : Schedule
{
    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point)
    {
        if (point.Epoch < Epochs)
            return Start + (1 - (double)Start) * point.Epoch / Epochs;

        return Next.FactorAt(point with
        {
            Epoch = point.Epoch - Epochs,
            TotalEpochs = point.TotalEpochs - Epochs,
            Monitored = point.Monitored[Math.Min((int)Math.Ceiling(Epochs), point.Monitored.Length)..],
        });
    }

    internal override double GreatestFactor(double epochs) => Math.Max(1, Next.GreatestFactor(epochs - Epochs));

    internal override IEnumerable<string> Validate(double epochs, EarlyStoppingOptions? stopping)
    {
        if (!(Start > 0 && Start <= 1))
            yield return Invariant($"Start must be above 0 and at most 1, got {Start}");
        if (!(Epochs > 0 && Epochs < epochs))
            yield return Invariant($"Epochs must be positive and below the {epochs} epochs that the schedule acts on, got {Epochs}");
        else if (Next is null)
            yield return "Next must not be null; use Schedule.Constant";
        else
            foreach (string message in Next.Validate(epochs - Epochs, stopping))
                yield return $"Next.{message}";
    }
}
