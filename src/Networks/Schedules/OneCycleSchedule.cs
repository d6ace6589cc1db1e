namespace MLExtensions.Networks;

/// <summary>
/// Per step: up from 1 / start divisor to 1 and down to 1 / (start divisor x end divisor), each along half a cosine. The option that it
/// acts on is the greatest rate; momentum is not cycled.
/// </summary>
/// <param name="PeakShare">The part of training up to the greatest rate; above 0 and below 1, 0.3 by default.</param>
/// <param name="StartDivisor">The greatest rate over the first; finite and at least 1, 25 by default.</param>
/// <param name="EndDivisor">The first rate over the last; finite and at least 1, 10,000 by default.</param>
/// <remarks>
/// Smith, Topin 2017, arXiv 1708.07120; PyTorch's <c>OneCycleLR</c> with <c>cycle_momentum=False</c>: the peak and the end fall on whole
/// steps, the latter on the last.
/// </remarks>
public sealed record OneCycleSchedule(float PeakShare = 0.3f, float StartDivisor = 25, float EndDivisor = 10_000) : Schedule
{
    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point)
    {
        double start = 1.0 / StartDivisor;
        double peak = PeakShare * point.TotalEpochs - point.StepLength;
        if (point.Epoch <= peak)
            return Between(start, 1, point.Epoch / peak);

        double last = point.TotalEpochs - point.StepLength;
        double from = Math.Max(peak, 0);
        // A training of one step has only the peak.
        return last > from ? Between(1, start / EndDivisor, Math.Min((point.Epoch - from) / (last - from), 1)) : 1;
    }

    internal override IEnumerable<string> Validate(double epochs, EarlyStoppingOptions? stopping) => Failures(
        Share(PeakShare), AtLeastOne(StartDivisor), AtLeastOne(EndDivisor));

    private static string? AtLeastOne(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 1 && float.IsFinite(value) ? null : Invariant($"{name} must be at least 1 and finite, got {value}");

    private static double Between(double from, double to, double t) => to + (from - to) * (1 + Math.Cos(Math.PI * t)) / 2;
}
