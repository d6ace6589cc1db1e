namespace MLExtensions.Networks.Embeddings;

/// <summary>Where the bins of a feature begin and end.</summary>
internal static class BinEdges
{
    /// <summary>
    /// The quantiles at equally spaced shares, one more than there are bins. A value that has more than a bin's share of the rows is an edge
    /// by itself, and the quantiles are those of the other values: of a column that is mostly 0 the bins lie where it is not.
    /// </summary>
    /// <param name="values">The values, in any order.</param>
    /// <param name="bins">The most bins.</param>
    public static float[] OfQuantiles(float[] values, int bins)
    {
        float[] ascending = [.. values];
        Array.Sort(ascending);
        float[] frequent = Frequent(ascending, ascending.Length / bins);
        if (frequent.Length == 0)
            return EqualShares(ascending, bins);

        float[] rest = [.. ascending.Where(value => Array.BinarySearch(frequent, value) < 0)];
        int left = bins - frequent.Length;
        SortedSet<float> edges = [ascending[0], ascending[^1], .. frequent];
        if (rest.Length > 0 && left > 0)
        {
            // Edges at the ends of all values are there already, or come beside those.
            foreach (float edge in EqualShares(rest, left))
            {
                if (edges.Count <= bins)
                    edges.Add(edge);
            }
        }
        return [.. edges];
    }

    private static float[] EqualShares(float[] ascending, int bins) =>
        [.. Enumerable.Range(0, bins + 1).Select(i => (float)Quantiles.Of(ascending, (double)i / bins)).Distinct()];

    // The values that more rows have than a number.
    private static float[] Frequent(float[] ascending, int rows)
    {
        var frequent = new List<float>();
        for (int first = 0, end; first < ascending.Length; first = end)
        {
            end = first + 1;
            while (end < ascending.Length && ascending[end] == ascending[first])
                end++;
            if (end - first > Math.Max(rows, 1))
                frequent.Add(ascending[first]);
        }
        return [.. frequent];
    }

    /// <summary>
    /// The ends of the values and the thresholds of a tree that is grown best split first: each split lowers the sum of squared deviations
    /// of the targets the most.
    /// </summary>
    /// <param name="values">The values, in any order.</param>
    /// <param name="targets">The targets, as many for each row.</param>
    /// <param name="bins">The most bins.</param>
    public static float[] OfTree(float[] values, float[] targets, int bins)
    {
        int width = targets.Length / values.Length;
        int[] order = [.. Enumerable.Range(0, values.Length)];
        float[] keys = [.. values];
        Array.Sort(keys, order);
        var sums = new double[width][];
        for (int target = 0; target < width; target++)
        {
            sums[target] = new double[values.Length + 1];
            for (int i = 0; i < order.Length; i++)
                sums[target][i + 1] = sums[target][i] + targets[order[i] * width + target];
        }

        int least = Math.Max(1, values.Length / (10 * bins));
        var edges = new SortedSet<float> { keys[0], keys[^1] };
        var queue = new PriorityQueue<(int First, int End, int At), double>();
        Offer(0, values.Length);
        while (edges.Count <= bins && queue.TryDequeue(out var split, out _))
        {
            edges.Add(keys[split.At]);
            Offer(split.First, split.At);
            Offer(split.At, split.End);
        }
        return [.. edges];

        void Offer(int first, int end)
        {
            double best = 0;
            int at = -1;
            for (int i = first + least; i <= end - least; i++)
            {
                if (keys[i] == keys[i - 1])
                    continue;
                double gain = Square(first, i) + Square(i, end) - Square(first, end);
                if (gain > best * (1 + 1e-9) + 1e-12)
                    (best, at) = (gain, i);
            }
            if (at >= 0)
                queue.Enqueue((first, end, at), -best);
        }

        double Square(int first, int end)
        {
            double squares = 0;
            for (int target = 0; target < width; target++)
            {
                double sum = sums[target][end] - sums[target][first];
                squares += sum * sum / (end - first);
            }
            return squares;
        }
    }
}
