using System.Numerics;
using System.Runtime.InteropServices;

namespace MLExtensions.Transforms.Numerics;

/// <summary>Sums of vectors. Every item is a lane of its own, so that the width of the hardware changes no bit.</summary>
internal static class Multiples
{
    /// <summary><c>sums += factor * values</c>, over the length of the values.</summary>
    public static void Add(double factor, ReadOnlySpan<double> values, Span<double> sums)
    {
        sums = sums[..values.Length];
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var sumVectors = MemoryMarshal.Cast<double, Vector<double>>(sums);
        for (int i = 0; i < vectors.Length; i++)
            sumVectors[i] += factor * vectors[i];
        for (int i = vectors.Length * Vector<double>.Count; i < values.Length; i++)
            sums[i] += factor * values[i];
    }
}
