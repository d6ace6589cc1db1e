using System.Collections;

namespace MLExtensions.Networks.Rows;

/// <summary>Indices of the rows to train on and of those to validate on; no row is in both.</summary>
/// <param name="Training">The rows to train on.</param>
/// <param name="Validation">The rows to validate on; may be empty.</param>
internal sealed record RowSplit(int[] Training, int[] Validation)
{
    /// <summary>The first rows are trained on, the rest are validated on.</summary>
    public static RowSplit At(int trainingRows, int rows) =>
        new(Ascending(0, trainingRows), Ascending(trainingRows, rows));

    /// <summary>
    /// Sets aside a random share of the rows, of each class the same share to within one row where classes are given; of each class at
    /// least one row is trained on. What shares of classes leave over, as of classes of few rows, goes to those with the largest
    /// remainders, of equal ones to some at random, so that the share of the whole is right (scikit-learn's stratified splits do the same).
    /// </summary>
    /// <param name="rows">The rows, in ascending order: without classes they are shuffled in place, and put in order again.</param>
    /// <param name="fraction">The share of the rows to set aside.</param>
    /// <param name="classes">The class of each row of the data, or null to split without regard to classes.</param>
    /// <param name="random">The source of randomness.</param>
    /// <exception cref="InvalidOperationException">One of the two sides would be empty.</exception>
    public static RowSplit Random(int[] rows, float fraction, RowClasses? classes, RandomStream random)
    {
        var (aside, isAlone) = MarkAside(rows, fraction, classes, random);
        return aside.HasAnySet() ? RowMarks.Divide(rows, aside) : throw new InvalidOperationException(isAlone
            ? $"Each of the {rows.Length} rows is of a class of its own, of which one row must be trained on, so that none is left for " +
                "validation. Give more rows, a validation set to Fit, or EarlyStopping = null."
            : TooFew(rows.Length, fraction, forValidation: true).Message);
    }

    // What is shuffled ends here, before the rows of both sides are laid out: so that there are never three arrays of all rows.
    private static (BitArray Aside, bool IsAlone) MarkAside(int[] rows, float fraction, RowClasses? classes, RandomStream random)
    {
        var all = classes is null ? RowMarks.Of([rows]) : null;
        int[][] groups = classes is null ? [rows] : ByClass(rows, classes);
        foreach (int[] group in groups)
            random.Shuffle<int>(group);

        int[] aside = Apportion(groups, (int)Math.Round(rows.Length * (double)fraction, MidpointRounding.AwayFromZero), fraction, random);
        var marks = RowMarks.Of([.. groups.Select((group, index) => (ReadOnlyMemory<int>)group.AsMemory(0, aside[index]))]);
        if (all is not null)
            RowMarks.CopyTo(all, rows);
        return (marks, groups.Length > 1 && groups.All(group => group.Length == 1));
    }

    /// <summary>The rows of each class that has any, in their order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="classes">The class of each row of the data.</param>
    public static int[][] ByClass(int[] rows, RowClasses classes)
    {
        int[] counts = new int[classes.CountOf(rows)];
        foreach (int row in rows)
            counts[classes[row]]++;
        int[][] groups = Array.ConvertAll(counts, count => new int[count]);
        Array.Clear(counts);
        foreach (int row in rows)
            groups[classes[row]][counts[classes[row]]++] = row;
        return Array.FindAll(groups, group => group.Length > 0);
    }

    /// <summary>Sets the last rows aside.</summary>
    /// <param name="rows">The rows, in their order.</param>
    /// <param name="fraction">The share of the rows to set aside.</param>
    /// <exception cref="InvalidOperationException">One of the two sides would be empty.</exception>
    public static RowSplit Last(int[] rows, float fraction)
    {
        int aside = (int)Math.Round(rows.Length * (double)fraction, MidpointRounding.AwayFromZero);
        return aside > 0 && aside < rows.Length ? new RowSplit(rows[..^aside], rows[^aside..]) : throw TooFew(rows.Length, fraction, aside == 0);
    }

    /// <summary>Sets the latest rows aside; those of one time stand on one side, that with which the share is nearer to the one asked for.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="fraction">The share of the rows to set aside.</param>
    /// <param name="times">The place of each row of the data in the order of time; equal times have equal places.</param>
    /// <param name="column">The column of times, for messages.</param>
    /// <exception cref="InvalidOperationException">One of the two sides would be empty.</exception>
    public static RowSplit Latest(int[] rows, float fraction, int[] times, string column)
    {
        int[] counts = CountsOf(rows, times);
        double wanted = rows.Length * (1 - (double)fraction), nearest = double.PositiveInfinity;
        int cut = -1, before = 0;
        for (int time = 0; time < counts.Length; before += counts[time++])
        {
            // The rows before this time are trained on.
            if (before > 0 && counts[time] > 0 && Math.Abs(before - wanted) < nearest)
                (cut, nearest) = (time, Math.Abs(before - wanted));
        }
        if (cut < 0)
        {
            throw new InvalidOperationException($"All {Plural.Of(rows.Length, "training row")} have the same time in column '{column}' (EarlyStopping.ValidationRows): expected two times at least. " +
                "Name another column, give a validation set to Fit, or set EarlyStopping = null.");
        }
        return new RowSplit(RowMarks.Where(rows, row => times[row] < cut), RowMarks.Where(rows, row => times[row] >= cut));
    }

    /// <summary>The rows without those of weight 0.</summary>
    /// <param name="weights">The weight of each row of the data, or null where all are 1.</param>
    /// <param name="rows">Some of the rows.</param>
    public static int[] WithWeight(float[]? weights, int[] rows) =>
        weights is null ? rows : RowMarks.Where(rows, row => weights[row] > 0);

    private static int[] Ascending(int first, int end)
    {
        int[] rows = new int[end - first];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = first + i;
        return rows;
    }

    private static int[] CountsOf(int[] rows, int[] times)
    {
        int latest = -1;
        foreach (int row in rows)
            latest = Math.Max(latest, times[row]);
        int[] counts = new int[latest + 1];
        foreach (int row in rows)
            counts[times[row]]++;
        return counts;
    }

    private static InvalidOperationException TooFew(int rows, float fraction, bool forValidation) => new(
        Invariant($"Setting aside {100 * fraction:0.####} % of {Plural.Of(rows, "row")} leaves no row for {(forValidation ? "validation" : "training")}. Give more rows, a {(forValidation ? "larger" : "smaller")} ") +
        "EarlyStopping.ValidationFraction, a validation set to Fit, or EarlyStopping = null.");

    // How many rows of each group are set aside: whole parts first, then one more by the order of what is left over.
    private static int[] Apportion(int[][] groups, int total, float fraction, RandomStream random)
    {
        double[] shares = Array.ConvertAll(groups, group => group.Length * (double)fraction);
        int[] aside = [.. groups.Select((group, index) => Math.Min((int)shares[index], group.Length - 1))];
        int[] order = [.. Enumerable.Range(0, groups.Length).Where(index => aside[index] < groups[index].Length - 1)];
        random.Shuffle<int>(order);
        foreach (int index in order.OrderByDescending(index => shares[index] - (int)shares[index]).Take(Math.Max(total - aside.Sum(), 0)))
            aside[index]++;
        return aside;
    }
}
