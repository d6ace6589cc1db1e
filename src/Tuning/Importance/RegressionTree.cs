namespace MLExtensions.Tuning.Importance;

/// <summary>A tree over the unit cube, as the boxes of its leaves.</summary>
internal sealed class RegressionTree
{
    private readonly List<Leaf> _leaves = [];

    /// <summary>Grows a tree: each box is cut where the squared errors of its two parts are the least, until it has too few points.</summary>
    /// <param name="points">The places of each point, one for each dimension, from 0 to 1.</param>
    /// <param name="values">The value of each point.</param>
    /// <param name="rows">The points to grow it on; one may be there several times.</param>
    /// <param name="random">Chooses the dimensions that are looked at for a cut.</param>
    public RegressionTree(double[][] points, double[] values, int[] rows, RandomStream random)
    {
        int dimensions = points[0].Length;
        Grow(points, values, rows, new double[dimensions], [.. Enumerable.Repeat(1.0, dimensions)], random);
    }

    private const int FewestToCut = 4;

    /// <summary>The mean of the tree over the cube.</summary>
    public double Mean => _leaves.Sum(leaf => leaf.Volume * leaf.Value);

    /// <summary>The variance of the tree over the cube.</summary>
    public double Variance
    {
        get
        {
            double mean = Mean;
            return _leaves.Sum(leaf => leaf.Volume * (leaf.Value - mean) * (leaf.Value - mean));
        }
    }

    /// <summary>The variance of the mean of the tree at each place of a dimension: what that dimension explains by itself.</summary>
    public double VarianceAlong(int dimension)
    {
        double[] edges = [.. _leaves.SelectMany(leaf => new[] { leaf.Low[dimension], leaf.High[dimension] }).Distinct().Order()];
        double mean = Mean, variance = 0;
        for (int i = 0; i + 1 < edges.Length; i++)
        {
            double middle = (edges[i] + edges[i + 1]) / 2;
            double here = _leaves.Where(leaf => leaf.Low[dimension] <= middle && middle < leaf.High[dimension]).Sum(leaf => leaf.Value * leaf.Volume / (leaf.High[dimension] - leaf.Low[dimension]));
            variance += (edges[i + 1] - edges[i]) * (here - mean) * (here - mean);
        }
        return variance;
    }

    private void Grow(double[][] points, double[] values, int[] rows, double[] low, double[] high, RandomStream random)
    {
        if (rows.Length < FewestToCut || BestCut(points, values, rows, random) is not var (dimension, place))
        {
            _leaves.Add(new Leaf(low, high, rows.Average(row => values[row])));
            return;
        }

        double[] middle = [.. high], other = [.. low];
        middle[dimension] = place;
        other[dimension] = place;
        Grow(points, values, Array.FindAll(rows, row => points[row][dimension] < place), low, middle, random);
        Grow(points, values, Array.FindAll(rows, row => points[row][dimension] >= place), other, high, random);
    }

    private static (int Dimension, double Place)? BestCut(double[][] points, double[] values, int[] rows, RandomStream random)
    {
        int[] dimensions = [.. Enumerable.Range(0, points[0].Length)];
        random.Shuffle<int>(dimensions);
        (int, double)? best = null;
        double most = 1e-12;
        int some = Math.Max(1, (2 * dimensions.Length + 2) / 3);
        foreach (int dimension in dimensions[..some])
        {
            int[] order = [.. rows.OrderBy(row => points[row][dimension])];
            double all = order.Sum(row => values[row]), left = 0;
            for (int i = 1; i < order.Length; i++)
            {
                left += values[order[i - 1]];
                double before = points[order[i - 1]][dimension], after = points[order[i]][dimension];
                if (before == after)
                    continue;

                // By how much the squared errors fall.
                double difference = left / i - (all - left) / (order.Length - i);
                double gain = difference * difference * i * (order.Length - i) / order.Length;
                if (gain > most)
                    (most, best) = (gain, (dimension, (before + after) / 2));
            }
        }
        return best;
    }

    private sealed record Leaf(double[] Low, double[] High, double Value)
    {
        public double Volume { get; } = Low.Zip(High, (low, high) => high - low).Aggregate(1.0, (volume, side) => volume * side);
    }
}
