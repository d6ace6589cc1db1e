namespace MLExtensions.Networks.Rows;

/// <summary>
/// Spreads the rows of each class evenly over an epoch, so that any stretch of it, a batch for one, has the classes in proportion to
/// within one row each (systematic sampling): row i of n of a class goes to the place (i + u) / n, with u drawn anew for each class and
/// epoch.
/// </summary>
/// <param name="classes">The class of each row of the data.</param>
/// <param name="rows">The rows that an epoch has.</param>
internal sealed class StratifiedOrder(int[] classes, int[] rows)
{
    private readonly int[] _counts = CountsOf(classes, rows);
    private readonly double[] _places = new double[rows.Length];
    private readonly double[] _next = new double[CountsOf(classes, rows).Length];

    /// <summary>Reorders rows that were shuffled; those of a class keep their order.</summary>
    /// <param name="order">The rows of the epoch.</param>
    /// <param name="random">The source of randomness.</param>
    public void Apply(int[] order, RandomStream random)
    {
        for (int i = 0; i < _next.Length; i++)
            _next[i] = random.NextUniform();
        for (int i = 0; i < order.Length; i++)
        {
            int row = classes[order[i]];
            _places[i] = _next[row]++ / _counts[row];
        }
        Array.Sort(_places, order);
    }

    private static int[] CountsOf(int[] classes, int[] rows)
    {
        int[] counts = new int[classes.Max() + 1];
        foreach (int row in rows)
            counts[classes[row]]++;
        return counts;
    }
}
