using System.Runtime.Intrinsics;

namespace MLExtensions.Networks.Vectors;

/// <summary>
/// The one place that chooses how wide vectors are: the widest that the processor has. The conditions are constants to
/// the just-in-time compiler, so that a call costs nothing and the other widths are never compiled.
/// </summary>
internal static class InstructionSet
{
    /// <summary>The number of floats in a vector.</summary>
    public static int VectorCount
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get =>
            Vector512.IsHardwareAccelerated ? FloatVector512.Count
            : Vector256.IsHardwareAccelerated ? FloatVector256.Count
            : Vector128.IsHardwareAccelerated ? FloatVector128.Count
            : FloatScalar.Count;
    }

    /// <summary>
    /// The most vectors side by side in one block of a matrix product. Blocks have 6 rows: 24 sums stay in registers where
    /// there are 32 of 512 bits, 12 where there are 16.
    /// </summary>
    public static int VectorsPerStrip
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated ? 4 : 2;
    }

    /// <summary>Runs a kernel.</summary>
    /// <typeparam name="TKernel">The kernel.</typeparam>
    /// <param name="kernel">The operands.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(TKernel kernel)
        where TKernel : struct, IVectorKernel
    {
        if (Vector512.IsHardwareAccelerated)
            kernel.Run<FloatVector512>();
        else if (Vector256.IsHardwareAccelerated)
            kernel.Run<FloatVector256>();
        else if (Vector128.IsHardwareAccelerated)
            kernel.Run<FloatVector128>();
        else
            kernel.Run<FloatScalar>();
    }
}
