using System.Numerics;

namespace MLExtensions.Transforms;

/// <summary>
/// One affine function per slot, <c>y = (x - center) / divisor * factor + offset</c>, then clipped where bounds are given.
/// </summary>
/// <remarks>
/// <para>Computed in double and rounded once to the type of the column. The centre is subtracted before anything else, because
/// <c>x * scale + offset</c> would cancel digits where the centre is large against the spread. NaN stays NaN, clipped or not.</para>
/// <para>The four numbers of a slot make the inverse another map of the same kind: the centre changes places with the offset,
/// and the divisor with the factor.</para>
/// </remarks>
internal sealed class AffineMap
{
    private readonly double[] _zeroImages;

    public AffineMap(double[] centers, double[] divisors, double[] factors, double[] offsets, (double Lower, double Upper)? bounds = null)
    {
        if (divisors.Length != centers.Length || factors.Length != centers.Length || offsets.Length != centers.Length)
            throw new ArgumentException($"Expected {centers.Length} divisors, factors and offsets, got {divisors.Length}, {factors.Length} and {offsets.Length}.");
        if (divisors.Contains(0) || factors.Contains(0))
            throw new ArgumentException("A divisor or factor is zero.");

        Centers = centers;
        Divisors = divisors;
        Factors = factors;
        Offsets = offsets;
        Bounds = bounds;
        _zeroImages = new double[centers.Length];
        for (int slot = 0; slot < _zeroImages.Length; slot++)
            _zeroImages[slot] = Map(0, slot);
        KeepsZero = Array.TrueForAll(_zeroImages, image => image == 0);
    }

    public double[] Centers { get; }

    public double[] Divisors { get; }

    public double[] Factors { get; }

    public double[] Offsets { get; }

    public (double Lower, double Upper)? Bounds { get; }

    /// <summary>The number of slots; 1 for a scalar column.</summary>
    public int Slots => Centers.Length;

    /// <summary>Whether zero maps to zero in every slot, so that sparse vectors can stay sparse.</summary>
    public bool KeepsZero { get; }

    /// <summary>The inverse of the map without its bounds: what was clipped does not come back.</summary>
    public AffineMap Inverse() => new(Offsets, Factors, Divisors, Centers);

    /// <summary>Maps the value of one slot.</summary>
    public T Apply<T>(T value, int slot)
        where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(Map(double.CreateTruncating(value), slot));

    /// <summary>Maps a dense vector. Source and destination have <see cref="Slots"/> items.</summary>
    public void Apply<T>(ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int slot = AffineVectors.Apply(this, source, destination);
        for (; slot < source.Length; slot++)
            destination[slot] = Apply(source[slot], slot);
    }

    /// <summary>Maps the values of some slots.</summary>
    public void Apply<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> slots, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < source.Length; i++)
            destination[i] = Apply(source[i], slots[i]);
    }

    /// <summary>Writes what zero maps to in every slot.</summary>
    public void ApplyToZeros<T>(Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int slot = 0; slot < destination.Length; slot++)
            destination[slot] = T.CreateTruncating(_zeroImages[slot]);
    }

    private double Map(double value, int slot)
    {
        double result = (value - Centers[slot]) / Divisors[slot] * Factors[slot] + Offsets[slot];
        if (Bounds is not { } bounds)
            return result;
        return result < bounds.Lower ? bounds.Lower : result > bounds.Upper ? bounds.Upper : result;
    }
}
