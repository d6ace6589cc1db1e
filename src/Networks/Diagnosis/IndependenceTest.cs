namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// Whether a target has other means in some groups than chance would give: n η², with η² the share of the variance between groups, is χ² distributed with groups - 1
/// degrees of freedom where it has not (the score form of an analysis of variance).
/// </summary>
internal static class IndependenceTest
{
    // Groups of fewer rows are too coarse for the distribution.
    private const int FewestRows = 5;

    /// <summary>Whether independence is to be rejected.</summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="target">The target of each row; NaN ones are left out.</param>
    /// <param name="chance">The chance of a rejection where they are independent.</param>
    public static bool Rejects(int[] groups, float[] target, double chance)
    {
        var sums = new Dictionary<int, (int Count, double Sum)>();
        double total = 0, squares = 0;
        int rows = 0;
        foreach (var (group, members) in groups.Zip(target).Where(row => !float.IsNaN(row.Second)).GroupBy(row => row.First).Select(group => (group.Key, group.ToList())))
        {
            if (members.Count < FewestRows)
                continue;
            double sum = members.Sum(row => (double)row.Second);
            sums[group] = (members.Count, sum);
            total += sum;
            squares += members.Sum(row => (double)row.Second * row.Second);
            rows += members.Count;
        }
        if (sums.Count < 2)
            return false;

        double mean = total / rows, variance = squares / rows - mean * mean;
        if (!(variance > 0))
            return false;
        double between = sums.Values.Sum(group => group.Count * Math.Pow(group.Sum / group.Count - mean, 2)) / variance;
        return TailOf(between, sums.Count - 1) < chance;
    }

    /// <summary>The chance of a χ² at least so large, by Wilson's and Hilferty's cube root.</summary>
    private static double TailOf(double value, int freedom)
    {
        double spread = 2.0 / (9 * freedom);
        double z = (Math.Cbrt(value / freedom) - (1 - spread)) / Math.Sqrt(spread);
        // Of the normal distribution the tail is below this from z = 0 on, by a few percent where it is small.
        return z <= 1 ? 1 : Math.Exp(-z * z / 2) / (z * Math.Sqrt(2 * Math.PI));
    }
}
