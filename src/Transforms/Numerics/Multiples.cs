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

    /// <summary>The sum of the products of two vectors of one length, in sixteen sums that the width of the hardware divides.</summary>
    public static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        const int Lanes = 16;
        Span<double> sums = stackalloc double[Lanes];
        int whole = one.Length / Lanes * Lanes;
        var sumVectors = MemoryMarshal.Cast<double, Vector<double>>(sums);
        for (int start = 0; start < whole; start += Lanes)
        {
            var ones = MemoryMarshal.Cast<double, Vector<double>>(one.Slice(start, Lanes));
            var others = MemoryMarshal.Cast<double, Vector<double>>(other.Slice(start, Lanes));
            for (int i = 0; i < sumVectors.Length; i++)
                sumVectors[i] += ones[i] * others[i];
        }
        for (int i = whole; i < one.Length; i++)
            sums[i - whole] += one[i] * other[i];

        double sum = 0;
        foreach (double lane in sums)
            sum += lane;
        return sum;
    }
}
