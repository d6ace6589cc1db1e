namespace MLExtensions.Transforms.MinMax;

/// <summary>Makes the parameters of min-max scaling from the statistics of a column.</summary>
internal static class MinMaxScalingFit
{
    /// <exception cref="InvalidOperationException">The numbers are too large.</exception>
    public static MinMaxScalingParameters ParametersOf(FittedColumn<Extremes[]> fitted)
    {
        double[] divisors = new double[fitted.Statistics.Length];
        for (int slot = 0; slot < divisors.Length; slot++)
            divisors[slot] = DivisorOf(fitted, slot);
        return new([.. fitted.Statistics.Select(slot => slot.Minimum)], [.. fitted.Statistics.Select(slot => slot.Maximum)], [.. divisors]);
    }

    private static double DivisorOf(FittedColumn<Extremes[]> fitted, int slot)
    {
        var (minimum, maximum) = (fitted.Statistics[slot].Minimum, fitted.Statistics[slot].Maximum);
        double range = maximum - minimum;
        return double.IsFinite(range)
            ? ConstantSlots.DivisorOf(range, Math.Max(Math.Abs(minimum), Math.Abs(maximum)))
            : throw SlotTexts.Overflow(fitted.Column, slot, "range");
    }
}
