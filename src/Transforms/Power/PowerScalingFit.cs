namespace MLExtensions.Transforms.Power;

/// <summary>Makes the parameters of power scaling from the values of a column.</summary>
internal static class PowerScalingFit
{
    /// <exception cref="InvalidOperationException">The powers of a slot cannot be told apart, or are too large; or Box-Cox meets a number that is not positive.</exception>
    public static PowerScalingParameters ParametersOf(FittedColumn<SampleValues[]> fitted, PowerScalingOptions options, IDataView data)
    {
        if (options.Method == PowerMethod.BoxCox)
            PositiveValues.Require(data, fitted);

        var slots = new Transformed[fitted.Statistics.Length];
        Parallel.For(0, slots.Length, slot => slots[slot] = Transformed.Of(fitted.Statistics[slot].Sorted(), options.Method));

        double[] divisors = new double[slots.Length];
        for (int slot = 0; slot < slots.Length; slot++)
        {
            Check(fitted, slot, slots[slot]);
            divisors[slot] = options.Standardize && !slots[slot].IsConstant ? slots[slot].Deviation : 1;
        }
        return new([.. slots.Select(slot => slot.Lambda)], [.. slots.Select(slot => slot.Mean)], [.. slots.Select(slot => slot.Deviation)], [.. divisors]);
    }

    private static void Check(FittedColumn<SampleValues[]> fitted, int slot, Transformed transformed)
    {
        if (!double.IsFinite(transformed.Mean) || !double.IsFinite(transformed.Deviation))
            throw SlotTexts.Overflow(fitted.Column, slot, "power");
        if (transformed.HasUnderflow)
        {
            throw new InvalidOperationException($"{SlotTexts.Describe(fitted.Column, slot)} holds numbers so near to one another that the variance of their powers " +
                "is below what Double holds. Multiply them first.");
        }
        if (!transformed.IsConstant && ConstantSlots.IsNoise(transformed.Deviation, Math.Abs(transformed.Mean)))
        {
            throw new InvalidOperationException($"{SlotTexts.Describe(fitted.Column, slot)} is so far from zero against its spread that its powers " +
                "cannot be told apart. Scale it first, by ScaleRobust or ScaleStandard.");
        }
    }

    private readonly record struct Transformed(bool IsConstant, double Lambda, double Mean, double Deviation, double Spread)
    {
        /// <summary>Whether the powers differ, and the squares of their differences are too small to tell.</summary>
        public bool HasUnderflow => !IsConstant && Deviation == 0 && Spread > 0;

        public static Transformed Of(SortedSample sorted, PowerMethod method)
        {
            bool isConstant = ConstantSlots.IsNoise(sorted.Maximum - sorted.Minimum, Math.Max(Math.Abs(sorted.Minimum), Math.Abs(sorted.Maximum)));
            double lambda = isConstant ? 1 : PowerLikelihood.LikeliestLambda(method, sorted);
            var moments = new Moments();
            foreach (double value in sorted.Negative)
                moments.Add(PowerFunction.Map(method, lambda, value));
            if (sorted.Zeros > 0)
                moments.Merge(new(sorted.Zeros, PowerFunction.Map(method, lambda, 0), 0, 0));
            foreach (double value in sorted.Positive)
                moments.Add(PowerFunction.Map(method, lambda, value));
            return new(isConstant, lambda, moments.Mean, moments.StandardDeviation(0),
                PowerFunction.Map(method, lambda, sorted.Maximum) - PowerFunction.Map(method, lambda, sorted.Minimum));
        }
    }
}

/// <summary>Holds training data to what Box-Cox is defined for.</summary>
internal static class PositiveValues
{
    /// <summary>Refuses a column that holds a number that is not positive, by row and slot.</summary>
    /// <exception cref="InvalidOperationException">A number is zero or negative.</exception>
    public static void Require(IDataView data, FittedColumn<SampleValues[]> fitted)
    {
        int slot = Array.FindIndex(fitted.Statistics, values => values.HasNonPositive);
        if (slot >= 0)
            throw Refusal(data, fitted.Column, slot);
    }

    // Values are kept without their rows; an error may take another pass to find it.
    private static InvalidOperationException Refusal(IDataView data, DataViewSchema.Column column, int slot)
    {
        using var cursor = data.GetRowCursor([column]);
        var numbers = NumbersOfRow.Of(cursor, column);
        while (cursor.MoveNext())
        {
            double value = numbers.Read()[slot];
            if (value <= 0)
                return SlotTexts.NotPositive(column, slot, value, cursor.Position);
        }
        return new($"{SlotTexts.Describe(column, slot)} held a number that is not positive, and holds none when read again. Cache the data.");
    }
}
