using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLExtensions.Transforms.Statistics;

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

/// <summary>The moments of dense rows.</summary>
/// <remarks>
/// A dividing update for every number takes longer than reading it. So rows are summed up in blocks, as distances from an
/// origin near the mean and their squares, and blocks are merged. What is subtracted in the end, the square of the distance
/// between the block's mean and its origin, is no greater than the result times the rows of the block: the origin is the first
/// row in the first block, and the mean of all rows before in the others, to which the block's distance counts in the whole.
/// </remarks>
internal sealed class DenseMoments<T> : DenseStatistics<Moments, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Merging takes about as long as adding 20 rows, and each doubling of the block may cost the squares one more bit.
    private const int BlockRows = 256;

    private readonly Moments[] _moments;
    private readonly double[] _origins;
    private readonly int[] _missing;
    private Sums _sums;
    private Sums _next;
    private int _rows;
    private bool _hasOrigins;

    public DenseMoments(int slots)
        : base(slots)
    {
        _moments = new Moments[slots];
        _origins = new double[slots];
        _missing = new int[slots];
        _sums = new(slots);
        _next = new(slots);
        Array.Fill(_origins, double.NaN);
    }

    public override bool TryAdd(FourRows<T> rows)
    {
        if (!HasVectors || !_hasOrigins || _rows + FourRows<T>.Count > BlockRows || !AddFour(rows))
            return false;

        (_sums, _next) = (_next, _sums);
        EndRows(FourRows<T>.Count);
        return true;
    }

    public override Moments[] ToArray()
    {
        MergeBlock();
        return (Moments[])_moments.Clone();
    }

    protected override void AddRow(ReadOnlySpan<T> values)
    {
        _hasOrigins = true;
        for (int slot = 0; slot < values.Length; slot++)
        {
            double value = double.CreateTruncating(values[slot]);
            if (double.IsNaN(_origins[slot]))
                _origins[slot] = value;
            if (double.IsNaN(value))
                _missing[slot]++;
            else
                _sums.Add(value - _origins[slot], slot);
            _hasOrigins &= !double.IsNaN(_origins[slot]);
        }
        EndRows(1);
    }

    /// <summary>Writes the next sums, and tells whether they are finite.</summary>
    // Optimized at once: a pass over the data ends before the runtime would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool AddFour(FourRows<T> rows)
    {
        var finite = Vector<long>.AllBitsSet;
        for (int slot = 0; slot >= 0; slot = NextVector(slot))
        {
            rows.Load(slot, out var first, out var second, out var third, out var fourth);
            if (typeof(T) == typeof(double))
            {
                finite &= AddFour(slot, first.As<T, double>(), second.As<T, double>(), third.As<T, double>(), fourth.As<T, double>());
            }
            else
            {
                Vector.Widen(first.As<T, float>(), out var firstLow, out var firstHigh);
                Vector.Widen(second.As<T, float>(), out var secondLow, out var secondHigh);
                Vector.Widen(third.As<T, float>(), out var thirdLow, out var thirdHigh);
                Vector.Widen(fourth.As<T, float>(), out var fourthLow, out var fourthHigh);
                finite &= AddFour(slot, firstLow, secondLow, thirdLow, fourthLow);
                finite &= AddFour(slot + Vector<double>.Count, firstHigh, secondHigh, thirdHigh, fourthHigh);
            }
        }
        return Vector.EqualsAll(finite, Vector<long>.AllBitsSet);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<long> AddFour(int slot, Vector<double> first, Vector<double> second, Vector<double> third, Vector<double> fourth)
    {
        var origin = Load(_origins, slot);
        first -= origin;
        second -= origin;
        third -= origin;
        fourth -= origin;
        Store(Load(_sums.Distances, slot) + first + second + third + fourth, _next.Distances, slot);

        var squares = Vector.FusedMultiplyAdd(first, first, Load(_sums.Squares, slot));
        squares = Vector.FusedMultiplyAdd(second, second, squares);
        squares = Vector.FusedMultiplyAdd(third, third, squares);
        squares = Vector.FusedMultiplyAdd(fourth, fourth, squares);
        Store(squares, _next.Squares, slot);
        return Vector.LessThan(squares, new Vector<double>(double.PositiveInfinity));
    }

    private void EndRows(int rows)
    {
        _rows += rows;
        if (_rows == BlockRows)
            MergeBlock();
    }

    private void MergeBlock()
    {
        for (int slot = 0; slot < _moments.Length; slot++)
        {
            int count = _rows - _missing[slot];
            if (count == 0)
                continue;

            double sum = _sums.Distances[slot];
            double distance = sum / count;
            _moments[slot].Merge(new(count, _origins[slot], distance, Math.Max(0, _sums.Squares[slot] - sum * distance)));
            _origins[slot] = _moments[slot].Mean;
        }
        _rows = 0;
        Array.Clear(_missing);
        Array.Clear(_sums.Distances);
        Array.Clear(_sums.Squares);
    }

    private static Vector<double> Load(double[] values, int slot) =>
        Vector.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)slot);

    private static void Store(Vector<double> vector, double[] values, int slot) =>
        vector.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)slot);

    /// <summary>The sums of a block, over the distances of each slot from its origin.</summary>
    private readonly struct Sums(int slots)
    {
        public double[] Distances { get; } = new double[slots];

        public double[] Squares { get; } = new double[slots];

        public void Add(double distance, int slot)
        {
            Distances[slot] += distance;
            Squares[slot] = Math.FusedMultiplyAdd(distance, distance, Squares[slot]);
        }
    }
}
