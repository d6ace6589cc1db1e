namespace MLExtensions.Networks.Rows;

/// <summary>
/// Spreads the rows of each class evenly over an epoch, so that any stretch of it, a batch for one, has the classes in proportion to
/// within one row each (systematic sampling): row i of n of a class goes to the place (i + u) / n, with u drawn anew for each class and
/// epoch.
/// </summary>
/// <param name="classes">The class of each row of the data.</param>
internal sealed class StratifiedOrder(RowClasses classes)
{
    private readonly int[] _counts = new int[classes.Count()];
    private double[] _places = [];

    /// <summary>Reorders rows that were shuffled; those of a class keep their order.</summary>
    /// <param name="order">The rows of the epoch, or of a part of it.</param>
    /// <param name="random">The source of randomness.</param>
    public void Apply(Span<int> order, RandomStream random)
    {
        Count(order);
        if (_places.Length < order.Length)
            _places = new double[order.Length];
        double[] next = new double[_counts.Length];
        for (int i = 0; i < next.Length; i++)
            next[i] = random.NextUniform();
        for (int i = 0; i < order.Length; i++)
        {
            int row = classes[order[i]];
            _places[i] = next[row]++ / _counts[row];
        }
        _places.AsSpan(0, order.Length).Sort(order);
    }

    private void Count(ReadOnlySpan<int> rows)
    {
        Array.Clear(_counts);
        foreach (int row in rows)
            _counts[classes[row]]++;
    }
}
