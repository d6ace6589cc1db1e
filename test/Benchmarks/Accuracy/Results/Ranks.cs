namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>Places of numbers among one another.</summary>
internal static class Ranks
{
    /// <summary>The rank of each number, the least has 1; equal ones share the mean of theirs.</summary>
    public static double[] Of(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(index => values[index])];
        var ranks = new double[values.Count];
        for (int first = 0; first < order.Length;)
        {
            int end = first + 1;
            while (end < order.Length && values[order[end]] == values[order[first]])
                end++;
            for (int i = first; i < end; i++)
                ranks[order[i]] = (first + 1 + end) / 2.0;
            first = end;
        }
        return ranks;
    }
}
