namespace MLExtensions.Networks.Probing;

/// <summary>What the units of a layer gave for some rows.</summary>
/// <param name="Mean">The mean of all values.</param>
/// <param name="Deviation">Their standard deviation.</param>
internal sealed record UnitStatistics(double Mean, double Deviation)
{
    // A function of which this is left passes a thousandth of its gradient.
    private const float DeadSlope = 0.001f;

    private const double NearlyAll = 0.95;

    /// <summary>The share of units that pass no gradient for any row; null where that is not asked.</summary>
    public double? DeadShare { get; init; }

    /// <summary>The share of units that are near a limit for nearly all rows; null where the function has not two.</summary>
    public double? SaturatedShare { get; init; }

    /// <summary>Looks at what a layer gave.</summary>
    /// <param name="output">The values, [rows x units].</param>
    public static UnitStatistics Of(StripMatrix output)
    {
        float[] row = new float[output.Columns];
        double sum = 0, squares = 0;
        for (int i = 0; i < output.Rows; i++)
        {
            output.GetRow(i, row);
            Add(row, ref sum, ref squares);
        }
        double count = (double)output.Rows * output.Columns, mean = sum / count;
        return new UnitStatistics(mean, Math.Sqrt(Math.Max(0, squares / count - mean * mean)));
    }

    /// <summary>Looks at the slopes of an activation, too.</summary>
    /// <param name="slopes">The derivative of each value, [rows x units].</param>
    /// <param name="members">The networks whose rows these are, in turn: each has units of its own.</param>
    /// <param name="saturatedSlope">The slope below which a value is near a limit; null for a function that has not two.</param>
    public UnitStatistics With(StripMatrix slopes, int members, float? saturatedSlope)
    {
        int units = slopes.Columns, rows = slopes.Rows / members;
        float[] row = new float[units];
        int[] flat = new int[members * units];
        for (int i = 0; i < slopes.Rows; i++)
        {
            slopes.GetRow(i, row);
            CountFlat(row, saturatedSlope ?? DeadSlope, flat.AsSpan(i % members * units, units));
        }
        double least = saturatedSlope is null ? rows : NearlyAll * rows;
        double share = (double)flat.Count(count => count >= least) / flat.Length;
        return saturatedSlope is null ? this with { DeadShare = share } : this with { SaturatedShare = share };
    }

    // Vectors, since all this is to take no time beside an epoch; a row is too short for sums in single precision to suffer.
    private static void Add(ReadOnlySpan<float> row, ref double sum, ref double squares)
    {
        Vector<float> sums = Vector<float>.Zero, products = Vector<float>.Zero;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        foreach (var values in vectors)
        {
            sums += values;
            products += values * values;
        }
        sum += Vector.Sum(sums);
        squares += Vector.Sum(products);
        foreach (float value in row[(vectors.Length * Vector<float>.Count)..])
        {
            sum += value;
            squares += (double)value * value;
        }
    }

    private static void CountFlat(ReadOnlySpan<float> slopes, float limit, Span<int> counts)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(slopes);
        var sums = MemoryMarshal.Cast<int, Vector<int>>(counts);
        for (int i = 0; i < vectors.Length; i++)
            sums[i] -= Vector.LessThanOrEqual(Vector.Abs(vectors[i]), new Vector<float>(limit));
        for (int unit = vectors.Length * Vector<float>.Count; unit < slopes.Length; unit++)
            counts[unit] += Math.Abs(slopes[unit]) <= limit ? 1 : 0;
    }
}
