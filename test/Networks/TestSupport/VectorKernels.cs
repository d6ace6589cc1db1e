using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Tests;

/// <summary>Runs code for every width of vectors; those that the processor lacks run in software.</summary>
internal static class VectorKernels
{
    public static void RunAllWidths<TKernel>(TKernel kernel)
        where TKernel : struct, IVectorKernel
    {
        kernel.Run<FloatVector512>();
        kernel.Run<FloatVector256>();
        kernel.Run<FloatVector128>();
        kernel.Run<FloatScalar>();
    }

    /// <summary>Copies values to where kernels can reach them, padded with zeros to whole vectors of any width.</summary>
    public static AlignedBuffer Buffer(ReadOnlySpan<float> values)
    {
        var buffer = new AlignedBuffer((values.Length + 15) / 16 * 16);
        values.CopyTo(buffer.Span);
        return buffer;
    }
}
