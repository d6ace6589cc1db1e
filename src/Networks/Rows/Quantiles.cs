namespace MLExtensions.Networks.Rows;

/// <summary>Quantiles of values in memory.</summary>
internal static class Quantiles
{
    /// <summary>The quantile of ascending values at a share, between two of them by proportion: numpy's <c>linear</c>.</summary>
    /// <param name="ascending">The values, at least one.</param>
    /// <param name="share">The share, from 0 to 1.</param>
    public static double Of(float[] ascending, double share)
    {
        double at = share * (ascending.Length - 1);
        int below = Math.Min((int)at, ascending.Length - 1);
        int above = Math.Min(below + 1, ascending.Length - 1);
        return ascending[below] + (at - below) * ((double)ascending[above] - ascending[below]);
    }
}
