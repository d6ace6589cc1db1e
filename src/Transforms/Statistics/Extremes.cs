using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLExtensions.Transforms.Statistics;

/// <summary>Count, smallest and largest value.</summary>
internal struct Extremes : IAccumulator<Extremes>
{
    public Extremes(long count, double minimum, double maximum)
    {
        Count = count;
        Minimum = minimum;
        Maximum = maximum;
    }

    public long Count { get; private set; }

    public double Minimum { get; private set; }

    public double Maximum { get; private set; }

    public static Extremes OfZeros(long count) => new() { Count = count };

    public static DenseStatistics<Extremes, T> OfDenseRows<T>(int slots)
        where T : unmanaged, IFloatingPointIeee754<T> => new DenseExtremes<T>(slots);

    public void Add(double value)
    {
        Minimum = Count == 0 ? value : Math.Min(Minimum, value);
        Maximum = Count == 0 ? value : Math.Max(Maximum, value);
        Count++;
    }

    public void Merge(Extremes other)
    {
        if (other.Count == 0)
            return;
        if (Count == 0)
        {
            this = other;
            return;
        }

        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        Count += other.Count;
    }
}

/// <summary>The extremes of dense rows.</summary>
internal sealed class DenseExtremes<T> : DenseStatistics<Extremes, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly long[] _missing;
    private Bounds _bounds;
    private Bounds _next;
    private long _rows;

    public DenseExtremes(int slots)
        : base(slots)
    {
        _missing = new long[slots];
        _bounds = new(slots);
        _next = new(slots);
        Array.Fill(_bounds.Minima, T.PositiveInfinity);
        Array.Fill(_bounds.Maxima, T.NegativeInfinity);
    }

    public override bool TryAdd(FourRows<T> rows)
    {
        if (!HasVectors || !AddFour(rows))
            return false;

        (_bounds, _next) = (_next, _bounds);
        _rows += FourRows<T>.Count;
        return true;
    }

    public override Extremes[] ToArray()
    {
        var extremes = new Extremes[_missing.Length];
        for (int slot = 0; slot < extremes.Length; slot++)
        {
            if (_rows > _missing[slot])
                extremes[slot] = new(_rows - _missing[slot], double.CreateTruncating(_bounds.Minima[slot]), double.CreateTruncating(_bounds.Maxima[slot]));
        }
        return extremes;
    }

    protected override void AddRow(ReadOnlySpan<T> values)
    {
        var (minima, maxima) = (_bounds.Minima, _bounds.Maxima);
        for (int slot = 0; slot < values.Length; slot++)
        {
            T value = values[slot];
            if (T.IsNaN(value))
                _missing[slot]++;
            if (value < minima[slot])
                minima[slot] = value;
            if (value > maxima[slot])
                maxima[slot] = value;
        }
        _rows++;
    }

    /// <summary>Writes the next bounds, and tells whether all values are finite.</summary>
    // Optimized at once: a pass over the data ends before the runtime would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool AddFour(FourRows<T> rows)
    {
        ref T minima = ref MemoryMarshal.GetArrayDataReference(_bounds.Minima);
        ref T maxima = ref MemoryMarshal.GetArrayDataReference(_bounds.Maxima);
        ref T nextMinima = ref MemoryMarshal.GetArrayDataReference(_next.Minima);
        ref T nextMaxima = ref MemoryMarshal.GetArrayDataReference(_next.Maxima);
        var zero = Vector<T>.Zero;
        var notFinite = Vector<T>.Zero;
        for (int slot = 0; slot >= 0; slot = NextVector(slot))
        {
            rows.Load(slot, out var first, out var second, out var third, out var fourth);
            var minimum = Vector.MinNative(Vector.MinNative(first, second), Vector.MinNative(third, fourth));
            var maximum = Vector.MaxNative(Vector.MaxNative(first, second), Vector.MaxNative(third, fourth));
            Vector.MinNative(minimum, Vector.LoadUnsafe(ref minima, (nuint)slot)).StoreUnsafe(ref nextMinima, (nuint)slot);
            Vector.MaxNative(maximum, Vector.LoadUnsafe(ref maxima, (nuint)slot)).StoreUnsafe(ref nextMaxima, (nuint)slot);

            // Zero times a number is NaN where the number is NaN or infinite, and zero otherwise.
            notFinite += first * zero + second * zero + (third * zero + fourth * zero);
        }
        return Vector.EqualsAll(notFinite, zero);
    }

    private readonly struct Bounds(int slots)
    {
        public T[] Minima { get; } = new T[slots];

        public T[] Maxima { get; } = new T[slots];
    }
}
