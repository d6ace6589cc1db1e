namespace MLExtensions.Networks;

/// <summary>
/// Per step: (1 - cos(2π log₂(1 + 15 t))) / 2, with t the part of training that is done: four waves from 0 over 1 to 0, each twice as
/// long as the one before. The first step has the rate 0.
/// </summary>
/// <remarks>Holzmüller, Grinsztajn, Steinwart 2024, arXiv 2407.04491 (RealMLP).</remarks>
public sealed record CosLog4Schedule : Schedule
{
    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point) => (1 - Math.Cos(2 * Math.PI * Math.Log2(1 + 15 * point.Progress))) / 2;
}
