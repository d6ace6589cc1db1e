using System.Numerics;

namespace MLExtensions.Transforms;

/// <summary>Count, mean and sum of squared deviations from the mean.</summary>
/// <remarks>
/// Updated as in B. P. Welford, "Note on a method for calculating corrected sums of squares and products", 1962; merged as in
/// T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances",
/// 1979. Sums of squares would lose every digit of a spread of 1 around a mean of 1e8. The mean is kept as its distance from
/// the first value, since rounding a mean of 1e8 at every step would add up to 1e-7 within 200 rows.
/// </remarks>
internal struct Moments : IAccumulator<Moments>
{
    private double _origin;
    private double _distance;
    private double _squares;

    /// <param name="count">How many numbers there are.</param>
    /// <param name="origin">A number near their mean, such as the first.</param>
    /// <param name="distance">The mean less that number.</param>
    /// <param name="squares">The sum of the squared deviations from the mean.</param>
    public Moments(long count, double origin, double distance, double squares)
    {
        Count = count;
        _origin = origin;
        _distance = distance;
        _squares = squares;
    }

    public long Count { get; private set; }

    public readonly double Mean => _origin + _distance;

    public static Moments OfZeros(long count) => new() { Count = count };

    public static DenseStatistics<Moments, T> OfDenseRows<T>(int slots)
        where T : unmanaged, IFloatingPointIeee754<T> => new DenseMoments<T>(slots);

    public void Add(double value)
    {
        if (Count++ == 0)
            _origin = value;
        double distance = value - _origin;
        double deviation = distance - _distance;
        _distance += deviation / Count;
        _squares += deviation * (distance - _distance);
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
        double deviation = other._origin - _origin + (other._distance - _distance);
        double share = (double)other.Count / count;
        _distance += deviation * share;
        _squares += other._squares + deviation * deviation * Count * share;
        Count = count;
    }

    /// <summary>The square root of the sum of squares over <c>Count - degreesOfFreedom</c>, which must be positive.</summary>
    public readonly double StandardDeviation(int degreesOfFreedom) => Math.Sqrt(_squares / (Count - degreesOfFreedom));
}
