namespace MLExtensions.Networks;

/// <summary>
/// z = (x - median) / (upper - lower quartile), or (x - median) / standard deviation where the quartiles are one; a slot that is constant
/// becomes 0. Then z / √(1 + (z / limit)²). Quartiles are those of at most 65,536 rows, evenly spread over the training rows.
/// </summary>
/// <remarks>
/// RealMLP (Holzmüller, Grinsztajn, Steinwart 2024, arXiv 2407.04491), which divides by half the range where the quartiles are one: a few
/// large numbers would press all others of a column that is mostly 0 together.
/// </remarks>
public sealed record RobustInputScaling : InputScaling
{
    /// <summary>What no scaled number exceeds, however far away it lies; positive, 3 by default; null for no limit.</summary>
    public float? ClipLimit { get; init; } = 3;

    internal override IEnumerable<string> Validate() => Failures(Positive(ClipLimit));

    internal override FittedInputs Fit(RowLayout layout, NumberSlots slots, int seed) => AffineInputScaling.Fit(layout, slots, ClipLimit, slot =>
    {
        float[] ascending = slots.Ascending(slot);
        double median = Quantiles.Of(ascending, 0.5);
        double range = Quantiles.Of(ascending, 0.75) - Quantiles.Of(ascending, 0.25);
        double deviation = slots.Deviation(slot);
        return (median, range > 0 ? 1 / range : deviation > 0 ? 1 / deviation : 0);
    });
}
