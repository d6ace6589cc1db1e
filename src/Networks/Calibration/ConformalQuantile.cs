namespace MLExtensions.Networks.Calibration;

/// <summary>
/// How far a new row is beyond what is predicted at most, with a stated probability, by how far rows were that were not trained on. Whatever the
/// distribution, if rows are drawn alike.
/// </summary>
/// <remarks>Vovk, Gammerman, Shafer 2005; Lei, G'Sell, Rinaldo, Tibshirani, Wasserman 2018, "Distribution-Free Predictive Inference for Regression", JASA 113.</remarks>
internal static class ConformalQuantile
{
    // Products such as 0.95 x 100 are rounded.
    private const double Rounding = 1e-9;

    /// <summary>The least number of rows that say anything about a coverage: with fewer only an infinite distance is sure.</summary>
    public static int LeastRows(double coverage) => (int)Math.Ceiling(coverage / (1 - coverage) - Rounding);

    /// <summary>
    /// The k-th least of n distances, k = ⌈(n + 1) coverage⌉; where they have weights, the least that has with those below it the share
    /// coverage of all weight, a mean one for the new row among it. Null where they are too few.
    /// </summary>
    /// <param name="distances">The distances, with the weight of each; those of weight 0 are none.</param>
    /// <param name="coverage">The probability, above 0 and below 1.</param>
    public static double? Of(IEnumerable<(double Distance, double Weight)> distances, double coverage)
    {
        var ascending = distances.Where(item => item.Weight > 0).OrderBy(item => item.Distance).ToArray();
        double total = ascending.Sum(item => item.Weight), needed = coverage * (total + total / Math.Max(1, ascending.Length)), sum = 0;
        foreach (var (distance, weight) in ascending)
        {
            sum += weight;
            if (sum >= needed - Rounding * total)
                return double.IsFinite(distance) ? distance : null;
        }
        return null;
    }
}
