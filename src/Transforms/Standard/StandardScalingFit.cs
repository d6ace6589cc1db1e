namespace MLExtensions.Transforms.Standard;

/// <summary>Makes the parameters of standard scaling from the statistics of a column.</summary>
internal static class StandardScalingFit
{
    /// <exception cref="InvalidOperationException">There are too few numbers, or they are too large.</exception>
    public static StandardScalingParameters ParametersOf(FittedColumn<Moments[]> fitted, StandardScalingOptions options)
    {
        int slots = fitted.Statistics.Length;
        double[] means = new double[slots];
        double[] deviations = new double[slots];
        double[] divisors = new double[slots];
        for (int slot = 0; slot < slots; slot++)
        {
            Check(fitted, slot, options.DegreesOfFreedom);
            means[slot] = fitted.Statistics[slot].Mean;
            deviations[slot] = fitted.Statistics[slot].StandardDeviation(options.DegreesOfFreedom);
            divisors[slot] = options.Scale ? ConstantSlots.DivisorOf(deviations[slot], Math.Abs(means[slot])) : 1;
        }
        return new([.. means], [.. deviations], [.. divisors]);
    }

    private static void Check(FittedColumn<Moments[]> fitted, int slot, int degreesOfFreedom)
    {
        var moments = fitted.Statistics[slot];
        if (moments.Count <= degreesOfFreedom)
        {
            throw new InvalidOperationException($"{SlotTexts.Describe(fitted.Column, slot)} holds {moments.Count} {(moments.Count == 1 ? "number" : "numbers")}, and a variance " +
                $"with {degreesOfFreedom} {(degreesOfFreedom == 1 ? "degree" : "degrees")} of freedom taken off needs more than that. Lower degreesOfFreedom or fit to more rows.");
        }
        if (!double.IsFinite(moments.Mean) || !double.IsFinite(moments.StandardDeviation(degreesOfFreedom)))
            throw SlotTexts.Overflow(fitted.Column, slot, "variance");
    }
}
