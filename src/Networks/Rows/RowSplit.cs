namespace MLExtensions.Networks.Rows;

/// <summary>Indices of the rows to train on and of those to validate on; no row is in both.</summary>
/// <param name="Training">The rows to train on.</param>
/// <param name="Validation">The rows to validate on; may be empty.</param>
internal sealed record RowSplit(int[] Training, int[] Validation)
{
    /// <summary>All rows are trained on.</summary>
    public static RowSplit WithoutValidation(int rows) => new([.. Enumerable.Range(0, rows)], []);

    /// <summary>The first rows are trained on, the rest are validated on.</summary>
    public static RowSplit At(int trainingRows, int rows) =>
        new([.. Enumerable.Range(0, trainingRows)], [.. Enumerable.Range(trainingRows, rows - trainingRows)]);

    /// <summary>
    /// Sets aside a random share of the rows, of each class the same share where classes are given; of each class at least one
    /// row is trained on.
    /// </summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="fraction">The share of the rows to set aside.</param>
    /// <param name="classes">The class of each row, or null to split without regard to classes.</param>
    /// <param name="random">The source of randomness.</param>
    /// <exception cref="InvalidOperationException">One of the two sides would be empty.</exception>
    public static RowSplit Random(int rows, float fraction, int[]? classes, RandomStream random)
    {
        var training = new List<int>(rows);
        var validation = new List<int>();
        foreach (int[] group in Groups(rows, classes))
        {
            random.Shuffle<int>(group);
            int aside = Math.Min((int)Math.Round(group.Length * (double)fraction, MidpointRounding.AwayFromZero), group.Length - 1);
            validation.AddRange(group[..aside]);
            training.AddRange(group[aside..]);
        }

        if (validation.Count == 0)
        {
            throw new InvalidOperationException(
                Invariant($"Setting aside {100 * fraction:0.####} % of {rows} rows leaves no row for validation. Give more rows, a larger ") +
                "EarlyStopping.ValidationFraction, a validation set to Fit, or EarlyStopping = null.");
        }
        return new RowSplit([.. training.Order()], [.. validation.Order()]);
    }

    private static IEnumerable<int[]> Groups(int rows, int[]? classes) =>
        classes is null
            ? [[.. Enumerable.Range(0, rows)]]
            : Enumerable.Range(0, rows).GroupBy(row => classes[row]).OrderBy(group => group.Key).Select(group => group.ToArray());
}
