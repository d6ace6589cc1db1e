namespace MLExtensions.Transforms;

/// <summary>Count, mean and sum of squared deviations from the mean.</summary>
/// <remarks>
/// Updated as in B. P. Welford, "Note on a method for calculating corrected sums of squares and products", 1962; merged as in
/// T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances",
/// 1979. Sums of squares would lose every digit of a spread of 1 around a mean of 1e8.
/// </remarks>
internal struct Moments : IAccumulator<Moments>
{
    private double _squares;

    public long Count { get; private set; }

    public double Mean { get; private set; }

    public static Moments OfZeros(long count) => new() { Count = count };

    public void Add(double value)
    {
        Count++;
        double deviation = value - Mean;
        Mean += deviation / Count;
        _squares += deviation * (value - Mean);
    }

    public void Merge(Moments other)
    {
        if (other.Count == 0)
            return;
        if (Count == 0)
        {
            this = other;
            return;
        }

        long count = Count + other.Count;
        double deviation = other.Mean - Mean;
        double share = (double)other.Count / count;
        Mean += deviation * share;
        _squares += other._squares + deviation * deviation * Count * share;
        Count = count;
    }

    /// <summary>The square root of the sum of squares over <c>Count - degreesOfFreedom</c>, which must be positive.</summary>
    public readonly double StandardDeviation(int degreesOfFreedom) => Math.Sqrt(_squares / (Count - degreesOfFreedom));
}
