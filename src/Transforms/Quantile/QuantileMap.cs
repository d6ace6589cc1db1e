using MathNet.Numerics.Distributions;

namespace MLExtensions.Transforms.Quantile;

/// <summary>Per slot the share of the training values below a value, read off their quantiles; or the normal quantile of that share.</summary>
/// <param name="quantiles">For every slot its quantiles at equally spaced shares from 0 to 1, ascending.</param>
/// <param name="distribution">What the results follow.</param>
internal sealed class QuantileMap(double[][] quantiles, QuantileDistribution distribution) : CurvedMap
{
    // scikit-learn's figures: shares nearer to 0 and 1 than this have no useful normal quantile.
    private const double Edge = 1e-7;
    private const double MachineEpsilon = 2.220446049250313e-16;
    private static readonly double s_lowest = Normal.InvCDF(0, 1, Edge - MachineEpsilon);
    private static readonly double s_highest = Normal.InvCDF(0, 1, 1 - (Edge - MachineEpsilon));

    private readonly double[] _shares = EqualShares(quantiles[0].Length);

    public override int Slots => quantiles.Length;

    public override NumbersDescription? Describe() =>
        new(distribution == QuantileDistribution.Uniform ? MapKind.UniformQuantiles : MapKind.NormalQuantiles, _shares.Length);

    public override IEnumerable<NamedNumbers> Write() => [QuantileTable.Write(quantiles)];

    /// <summary>Takes the numbers that <see cref="Write"/> gave.</summary>
    public static QuantileMap Read(QuantileDistribution distribution, NumbersReader numbers) => new(QuantileTable.Read(numbers), distribution);

    /// <summary>Shares from 0 to 1 with equal distances; 0 alone where there is one.</summary>
    public static double[] EqualShares(int count)
    {
        double step = 1.0 / (count - 1);
        double[] shares = [.. Enumerable.Range(0, count).Select(i => i * step)];
        if (count > 1)
            shares[^1] = 1;
        return count > 1 ? shares : [0];
    }

    public override double MapBack(double value, int slot)
    {
        if (distribution == QuantileDistribution.Uniform)
            return ValueAt(value, quantiles[slot]);

        // The ends come back from columns of Single too, where they have been rounded, maybe inwards.
        float rounded = (float)value;
        return ValueAt(rounded <= (float)s_lowest ? 0 : rounded >= (float)s_highest ? 1 : Normal.CDF(0, 1, value), quantiles[slot]);
    }

    protected override double Map(double value, int slot)
    {
        if (double.IsNaN(value))
            return value;

        double share = ShareOf(value, quantiles[slot]);
        if (distribution == QuantileDistribution.Uniform)
            return share;

        // The share of a single quantile is 0 on both of its sides, but its normal quantiles are not, as in scikit-learn.
        if (_shares.Length == 1 && value > quantiles[slot][0])
            return s_highest;
        return share < Edge ? s_lowest : share > 1 - Edge ? s_highest : Normal.InvCDF(0, 1, share);
    }

    // Where quantiles repeat, a value has the shares from the first to the last of them: the middle is taken.
    private double ShareOf(double value, double[] ascending)
    {
        if (value <= ascending[0])
            return 0;
        if (value >= ascending[^1])
            return _shares[^1];

        int first = FirstNotBelow(ascending, value);
        if (ascending[first] > value)
            return Between(value, ascending[first - 1], ascending[first], _shares[first - 1], _shares[first]);

        int last = first;
        while (ascending[last + 1] == value)
            last++;
        return (_shares[first] + _shares[last]) / 2;
    }

    private double ValueAt(double share, double[] ascending)
    {
        if (double.IsNaN(share))
            return share;
        if (share <= 0)
            return ascending[0];
        if (share >= 1)
            return ascending[^1];

        int first = FirstNotBelow(_shares, share);
        return _shares.Length == 1 ? ascending[0] : Between(share, _shares[first - 1], _shares[first], ascending[first - 1], ascending[first]);
    }

    private static double Between(double x, double from, double to, double atFrom, double atTo)
    {
        double slope = (atTo - atFrom) / (to - from);
        if (double.IsNormal(slope) || atTo == atFrom)
            return atFrom + (x - from) * slope;

        // Quantiles so far apart that their distance overflows, or so near that the slope does.
        double share = double.IsFinite(to - from) ? (x - from) / (to - from) : (x / 2 - from / 2) / (to / 2 - from / 2);
        return atFrom * (1 - share) + atTo * share;
    }

    private static int FirstNotBelow(double[] ascending, double value)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ascending[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}

/// <summary>Quantiles of every slot in archives, <c>[slots x quantiles]</c>.</summary>
internal static class QuantileTable
{
    private const string Name = "quantiles";

    public static NamedNumbers Write(IReadOnlyList<IReadOnlyList<double>> quantiles) =>
        new(Name, [.. quantiles.SelectMany(slot => slot)], quantiles.Count, quantiles[0].Count);

    /// <exception cref="FormatException">They are missing, of another shape, or not ascending.</exception>
    public static double[][] Read(NumbersReader numbers)
    {
        double[][] quantiles = [.. numbers.Take(Name, numbers.Slots, numbers.Size).Chunk(numbers.Size)];
        return Array.TrueForAll(quantiles, slot => slot.Zip(slot.Skip(1)).All(pair => pair.First <= pair.Second))
            ? quantiles
            : throw new FormatException($"the quantiles of column '{numbers.OutputColumnName}' must ascend");
    }
}
