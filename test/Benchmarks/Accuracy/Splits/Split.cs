namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>Which rows are trained on, which a training may watch, and which it never sees.</summary>
/// <param name="Training">The training rows.</param>
/// <param name="Validation">The validation rows; none where each contender sets some of the training rows aside, if it wants them.</param>
/// <param name="Test">The test rows.</param>
internal sealed record Split(int[] Training, int[] Validation, int[] Test)
{
    /// <summary>All rows that a contender may see.</summary>
    public int[] Seen => [.. Training, .. Validation];

    /// <summary>The same with validation rows: those there are, or a share of the training rows.</summary>
    public Split WithValidation(double share, int seed)
    {
        if (Validation.Length > 0)
            return this;
        int[] shuffled = Shuffled(Training, seed);
        int aside = (int)Math.Round(share * shuffled.Length);
        return this with { Training = shuffled[aside..], Validation = shuffled[..aside] };
    }

    /// <summary>At most so many rows to see, in their proportions, and as many to test, chosen at random.</summary>
    public Split Limit(int most, int seed)
    {
        double share = Math.Min(1, (double)most / (Training.Length + Validation.Length));
        return new(Some(Training, share), Some(Validation, share), Some(Test, Math.Min(1, (double)most / Test.Length)));

        int[] Some(int[] rows, double share) => share == 1 ? rows : Shuffled(rows, seed)[..(int)Math.Round(share * rows.Length)];
    }

    /// <summary>Rows in an order that follows from a seed.</summary>
    public static int[] Shuffled(IEnumerable<int> rows, int seed)
    {
        int[] shuffled = [.. rows];
        new Random(seed).Shuffle(shuffled);
        return shuffled;
    }
}
