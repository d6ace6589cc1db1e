using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLExtensions.Transforms;

/// <summary>
/// An <see cref="AffineMap"/> over whole hardware vectors: the same operations in the same order as the scalar code, so the
/// same bits, whatever the width of the hardware.
/// </summary>
internal static class AffineVectors
{
    /// <summary>Maps as many leading slots as fill whole vectors, and gives their number.</summary>
    public static int Apply<T>(AffineMap map, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged
    {
        if (!Vector.IsHardwareAccelerated)
            return 0;
        if (typeof(T) == typeof(float))
            return Apply(map, MemoryMarshal.Cast<T, float>(source), MemoryMarshal.Cast<T, float>(destination));
        if (typeof(T) == typeof(double))
            return Apply(map, MemoryMarshal.Cast<T, double>(source), MemoryMarshal.Cast<T, double>(destination));
        return 0;
    }

    private static int Apply(AffineMap map, ReadOnlySpan<float> source, Span<float> destination)
    {
        var steps = new Steps(map);
        int slot = 0;
        for (; slot <= source.Length - Vector<float>.Count; slot += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(source[slot..]), out var low, out var high);
            low = steps.Map(low, slot);
            high = steps.Map(high, slot + Vector<double>.Count);
            Vector.Narrow(low, high).CopyTo(destination[slot..]);
        }
        return slot;
    }

    private static int Apply(AffineMap map, ReadOnlySpan<double> source, Span<double> destination)
    {
        var steps = new Steps(map);
        int slot = 0;
        for (; slot <= source.Length - Vector<double>.Count; slot += Vector<double>.Count)
            steps.Map(new Vector<double>(source[slot..]), slot).CopyTo(destination[slot..]);
        return slot;
    }

    private readonly ref struct Steps(AffineMap map)
    {
        private readonly ReadOnlySpan<double> _centers = map.Centers;
        private readonly ReadOnlySpan<double> _divisors = map.Divisors;
        private readonly ReadOnlySpan<double> _factors = map.Factors;
        private readonly ReadOnlySpan<double> _offsets = map.Offsets;
        private readonly bool _clip = map.Bounds.HasValue;
        private readonly Vector<double> _lower = new(map.Bounds?.Lower ?? 0);
        private readonly Vector<double> _upper = new(map.Bounds?.Upper ?? 0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<double> Map(Vector<double> value, int slot)
        {
            var result = (value - new Vector<double>(_centers[slot..])) / new Vector<double>(_divisors[slot..])
                * new Vector<double>(_factors[slot..]) + new Vector<double>(_offsets[slot..]);
            if (!_clip)
                return result;

            // Comparisons with NaN are false, so that NaN passes; minimum and maximum instructions may drop it.
            result = Vector.ConditionalSelect(Vector.LessThan(result, _lower), _lower, result);
            return Vector.ConditionalSelect(Vector.GreaterThan(result, _upper), _upper, result);
        }
    }
}
