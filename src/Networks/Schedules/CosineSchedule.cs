namespace MLExtensions.Networks;

/// <summary>Per step: end + (1 - end) (1 + cos(π t)) / 2, with t the part of training that is done.</summary>
/// <param name="End">The factor at the end; at least 0 and below 1, 0 by default.</param>
/// <remarks>
/// Loshchilov, Hutter 2016, arXiv 1608.03983, without restarts; PyTorch's <c>CosineAnnealingLR</c> stepped per batch, with
/// <c>eta_min</c> = end x rate.
/// </remarks>
public sealed record CosineSchedule(float End = 0) : Schedule
{
    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point) => Fall(point.Progress, End);

    internal override IEnumerable<string> Validate(double epochs, EarlyStoppingOptions? stopping) => Failures(Rate(End));

    /// <summary>From 1 at t = 0 to an end at t = 1 along half a cosine.</summary>
    internal static double Fall(double t, double end) => end + (1 - end) * (1 + Math.Cos(Math.PI * t)) / 2;
}
