namespace MLExtensions.Transforms.MaxAbs;

/// <summary>Makes the parameters of max-abs scaling from the statistics of a column.</summary>
internal static class MaxAbsScalingFit
{
    public static MaxAbsScalingParameters ParametersOf(FittedColumn<Extremes[]> fitted)
    {
        double[] magnitudes = [.. fitted.Statistics.Select(slot => Math.Max(Math.Abs(slot.Minimum), Math.Abs(slot.Maximum)))];
        return new([.. magnitudes], [.. magnitudes.Select(magnitude => magnitude == 0 ? 1 : magnitude)]);
    }
}
