using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLExtensions.Transforms.Maps;

/// <summary>
/// An <see cref="AffineMap"/> over whole hardware vectors: the same operations in the same order as the scalar code, so the
/// same bits, whatever the width of the hardware.
/// </summary>
internal static class AffineVectors
{
    /// <summary>
    /// Maps all slots where they fill at least one vector, and none otherwise; gives the number of those mapped. Source and
    /// destination may be the same.
    /// </summary>
    public static int Apply<T>(AffineMap map, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged
    {
        if (source.Length < Vector<T>.Count)
            return 0;
        if (map.MultipliesOnly<T>())
            return Multiply(map, MemoryMarshal.Cast<T, float>(source), MemoryMarshal.Cast<T, float>(destination));
        if (typeof(T) == typeof(double))
            return Divide(map, MemoryMarshal.Cast<T, double>(source), MemoryMarshal.Cast<T, double>(destination));
        return 0;
    }

    // Optimized at once: a pass over the data ends before the runtime would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Multiply(AffineMap map, ReadOnlySpan<float> source, Span<float> destination)
    {
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination[..source.Length]);
        var multiplication = new Multiplication(map, source.Length);

        // The last vector ends with the last slot and may overlap the one before, so it is read before anything is written.
        nuint last = (nuint)(source.Length - Vector<float>.Count);
        var lastResult = multiplication.Apply(Vector.LoadUnsafe(ref from, last), last);
        for (nuint slot = 0; slot < last; slot += (nuint)Vector<float>.Count)
            multiplication.Apply(Vector.LoadUnsafe(ref from, slot), slot).StoreUnsafe(ref to, slot);
        lastResult.StoreUnsafe(ref to, last);
        return source.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Divide(AffineMap map, ReadOnlySpan<double> source, Span<double> destination)
    {
        ref double from = ref MemoryMarshal.GetReference(source);
        ref double to = ref MemoryMarshal.GetReference(destination[..source.Length]);
        var division = new Division(map, source.Length);

        nuint last = (nuint)(source.Length - Vector<double>.Count);
        var lastResult = division.Apply(Vector.LoadUnsafe(ref from, last), last);
        for (nuint slot = 0; slot < last; slot += (nuint)Vector<double>.Count)
            division.Apply(Vector.LoadUnsafe(ref from, slot), slot).StoreUnsafe(ref to, slot);
        lastResult.StoreUnsafe(ref to, last);
        return source.Length;
    }

    // The one check of lengths: the loops have none.
    private static ref double Start(double[] numbers, int length) => ref MemoryMarshal.GetReference(numbers.AsSpan(0, length));

    private readonly ref struct Multiplication(AffineMap map, int length)
    {
        private readonly ref double _center = ref Start(map.Centers, length);
        private readonly ref double _gain = ref Start(map.Gains, length);
        private readonly ref double _offset = ref Start(map.Offsets, length);
        private readonly Clip _clip = new(map);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<float> Apply(Vector<float> values, nuint slot)
        {
            Vector.Widen(values, out var low, out var high);
            return Vector.Narrow(Apply(low, slot), Apply(high, slot + (nuint)Vector<double>.Count));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector<double> Apply(Vector<double> values, nuint slot) => _clip.Apply(Vector.FusedMultiplyAdd(
            values - Vector.LoadUnsafe(ref _center, slot), Vector.LoadUnsafe(ref _gain, slot), Vector.LoadUnsafe(ref _offset, slot)));
    }

    private readonly ref struct Division(AffineMap map, int length)
    {
        private readonly ref double _center = ref Start(map.Centers, length);
        private readonly ref double _divisor = ref Start(map.Divisors, length);
        private readonly ref double _factor = ref Start(map.Factors, length);
        private readonly ref double _offset = ref Start(map.Offsets, length);
        private readonly Clip _clip = new(map);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<double> Apply(Vector<double> values, nuint slot) => _clip.Apply(
            (values - Vector.LoadUnsafe(ref _center, slot)) / Vector.LoadUnsafe(ref _divisor, slot) * Vector.LoadUnsafe(ref _factor, slot) + Vector.LoadUnsafe(ref _offset, slot));
    }

    private readonly struct Clip(AffineMap map)
    {
        private readonly bool _isOn = map.Bounds.HasValue;
        private readonly Vector<double> _lower = new(map.Bounds?.Lower ?? 0);
        private readonly Vector<double> _upper = new(map.Bounds?.Upper ?? 0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<double> Apply(Vector<double> values)
        {
            if (!_isOn)
                return values;

            // Comparisons with NaN are false, so that NaN passes; minimum and maximum instructions may drop it.
            values = Vector.ConditionalSelect(Vector.LessThan(values, _lower), _lower, values);
            return Vector.ConditionalSelect(Vector.GreaterThan(values, _upper), _upper, values);
        }
    }
}
