namespace MLExtensions.Transforms.Robust;

/// <summary>Makes the parameters of robust scaling from the values of a column.</summary>
internal static class RobustScalingFit
{
    /// <exception cref="InvalidOperationException">The numbers are too large.</exception>
    public static RobustScalingParameters ParametersOf(FittedColumn<SampleValues[]> fitted, RobustScalingOptions options)
    {
        var summaries = new Summary[fitted.Statistics.Length];
        Parallel.For(0, summaries.Length, slot => summaries[slot] = Summary.Of(fitted.Statistics[slot].Sorted(), options));

        double[] divisors = new double[summaries.Length];
        for (int slot = 0; slot < divisors.Length; slot++)
        {
            if (!double.IsFinite(summaries[slot].Maximum - summaries[slot].Minimum))
                throw SlotTexts.Overflow(fitted.Column, slot, "range");
            divisors[slot] = options.Scale ? DivisorOf(summaries[slot], options) / options.Unit : 1;
        }
        return new([.. summaries.Select(slot => slot.Median)], [.. summaries.Select(slot => slot.Lower)], [.. summaries.Select(slot => slot.Upper)],
            [.. summaries.Select(slot => slot.Minimum)], [.. summaries.Select(slot => slot.Maximum)], [.. divisors]);
    }

    private static double DivisorOf(Summary slot, RobustScalingOptions options)
    {
        double spread = slot.Upper - slot.Lower;
        if (options.SmoothClipLimit is null || !ConstantSlots.IsNoise(spread, Magnitude(slot.Lower, slot.Upper)))
            return ConstantSlots.DivisorOf(spread, Magnitude(slot.Lower, slot.Upper));

        double range = slot.Maximum - slot.Minimum;
        return ConstantSlots.IsNoise(range, Magnitude(slot.Minimum, slot.Maximum)) ? 1 : range / 2;
    }

    private static double Magnitude(double one, double other) => Math.Max(Math.Abs(one), Math.Abs(other));

    private readonly record struct Summary(double Minimum, double Lower, double Median, double Upper, double Maximum)
    {
        public static Summary Of(SortedSample sorted, RobustScalingOptions options) =>
            new(sorted.Minimum, Quantiles.At(sorted, options.LowerQuantile), Quantiles.At(sorted, 0.5), Quantiles.At(sorted, options.UpperQuantile), sorted.Maximum);
    }
}
