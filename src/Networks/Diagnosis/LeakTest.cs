namespace MLExtensions.Networks.Diagnosis;

/// <summary>Whether one slot is nearly the label.</summary>
internal static class LeakTest
{
    private const int FewestRows = 30;
    private const int FewestOfClass = 3;

    // Of the variance of amounts that is left: noise of a seventh of their standard deviation.
    private const double Left = 0.02;

    // Of rows that the slot tells wrong: in all, and of those that the commonest class tells wrong. A category may be pure by nature.
    private const double Wrong = 0.02;
    private const double WrongCategories = 0.01;
    private const double WrongOfCommonest = 0.05;

    // The standard deviation within classes over the distance of their means. A number cut in two has 0.3 to 0.4, features of Fisher's irises 0.2.
    private const double Spread = 0.2;
    private const double SpreadOfPart = 0.05;

    /// <summary>What is to be said of the slot; null where it is not nearly the label.</summary>
    /// <param name="values">Its values, NaN where one is missing.</param>
    /// <param name="isCategory">Whether they are indices of categories.</param>
    /// <param name="target">The target.</param>
    public static string? Look(float[] values, bool isCategory, SampledTarget target)
    {
        int[] rows = [.. Enumerable.Range(0, values.Length).Where(i => !float.IsNaN(values[i]) && !float.IsNaN(target.Values[i]))];
        if (rows.Length < FewestRows)
            return null;
        if (isCategory)
            return target.AreClasses && !target.IsPart ? OfCategory(values, target.Values, rows) : null;
        return target.AreClasses ? OfClasses(values, target, rows) : OfAmounts(values, target, rows);
    }

    private static string? OfAmounts(float[] values, SampledTarget target, int[] rows)
    {
        double linear = Correlation(rows, i => values[i], i => target.Values[i]);
        double share = linear * linear;
        // Ranks take long, and a feature that goes up with the label goes along with it.
        if (Math.Abs(linear) > 0.5 && share < 1 - Left)
        {
            float[] ranks = SampledTarget.RanksOf(values);
            double monotone = Correlation(rows, i => ranks[i], i => target.Ranks[i]);
            share = Math.Max(share, monotone * monotone);
        }
        return share > 1 - Left ? Invariant($"has a correlation of {Math.Sqrt(share):F4} with it") : null;
    }

    private static string? OfClasses(float[] values, SampledTarget target, int[] rows)
    {
        var classes = rows.GroupBy(i => target.Values[i]).Where(group => group.Count() >= FewestOfClass).Select(group => (Class: group.Key, Count: group.Count(), Mean: group.Average(i => (double)values[i]))).OrderBy(group => group.Mean).ToArray();
        if (classes.Length < 2)
            return null;
        double distance = classes.Skip(1).Zip(classes, (next, before) => next.Mean - before.Mean).Min();
        var means = classes.ToDictionary(group => group.Class, group => group.Mean);
        double within = Math.Sqrt(rows.Where(i => means.ContainsKey(target.Values[i])).Average(i => Math.Pow(values[i] - means[target.Values[i]], 2)));
        if (!(within < (target.IsPart ? SpreadOfPart : Spread) * distance))
            return null;

        int wrong = rows.Count(i => classes.MinBy(group => Math.Abs(values[i] - group.Mean)).Class != target.Values[i]);
        return IsLittle(wrong, rows.Length, classes.Max(group => group.Count), Wrong) ? Invariant($"tells {(target.IsPart ? "a class" : "the class")} of {100.0 * (rows.Length - wrong) / rows.Length:0.##} % of the rows") : null;
    }

    // What is the commonest class of each category in one half of the rows is tried on the other.
    private static string? OfCategory(float[] values, float[] target, int[] rows)
    {
        var (learned, tried) = (rows.Where((_, place) => place % 2 == 0), rows.Where((_, place) => place % 2 == 1).ToArray());
        var commonest = learned.GroupBy(i => values[i]).ToDictionary(group => group.Key, group => group.CountBy(i => target[i]).MaxBy(pair => pair.Value).Key);
        int wrong = tried.Count(i => !commonest.TryGetValue(values[i], out float guess) || guess != target[i]);
        return IsLittle(wrong, tried.Length, tried.CountBy(i => target[i]).Max(pair => pair.Value), WrongCategories) ? Invariant($"tells the class of {100.0 * (tried.Length - wrong) / tried.Length:0.##} % of the rows") : null;
    }

    private static bool IsLittle(int wrong, int rows, int commonest, double most) =>
        rows > commonest && wrong <= most * rows && wrong <= WrongOfCommonest * (rows - commonest);

    private static double Correlation(int[] rows, Func<int, double> x, Func<int, double> y)
    {
        double meanX = rows.Average(x), meanY = rows.Average(y), xx = 0, yy = 0, xy = 0;
        foreach (int i in rows)
        {
            double dx = x(i) - meanX, dy = y(i) - meanY;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : 0;
    }
}
