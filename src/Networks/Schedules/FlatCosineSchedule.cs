namespace MLExtensions.Networks;

/// <summary>Per step: 1 while t is at most the flat share, then down to 0 along half a cosine; t is the part of training that is done.</summary>
/// <param name="FlatShare">The part of training at full rate; at least 0 and below 1, 0.5 by default.</param>
/// <remarks>
/// fastai's <c>fit_flat_cos</c> (there 0.75); with 0.5 RealMLP's schedule of dropout and weight decay (Holzmüller, Grinsztajn, Steinwart
/// 2024, arXiv 2407.04491).
/// </remarks>
public sealed record FlatCosineSchedule(float FlatShare = 0.5f) : Schedule
{
    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point) => point.Progress <= FlatShare
        ? 1
        : CosineSchedule.Fall((point.Progress - FlatShare) / (1 - (double)FlatShare), end: 0);

    internal override IEnumerable<string> Validate(double epochs, EarlyStoppingOptions? stopping) => Failures(Rate(FlatShare));
}
