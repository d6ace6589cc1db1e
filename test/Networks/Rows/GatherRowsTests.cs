using MLExtensions.Networks.Rows;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed unsafe class GatherRowsTests
{
    private const int BlockRows = 23;
    private static readonly int[] s_indices = [22, 0, 7, 7, 3, 19, 1, 2, 21, 20, 5];

    [TestMethod]
    public void Run_AnyNumberOfColumns_CopiesThemAndLeavesPaddingAlone()
    {
        for (int columns = 1; columns <= 70; columns++)
            VectorKernels.RunAllWidths(new Case(columns));
    }

    private readonly struct Case(int columns) : IVectorKernel
    {
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            // The strip is a part of wider rows, and is itself wider than what is copied.
            int stride = columns + 4;
            int width = columns + 3;
            float[] block = [.. Enumerable.Range(1, BlockRows * stride).Select(i => (float)i)];
            float[] strip = new float[s_indices.Length * width];

            fixed (float* source = block, to = strip)
            fixed (int* indices = s_indices)
                new GatherRows(source + 2, stride, indices, s_indices.Length, columns, to, width).Run<TVector>();

            for (int row = 0; row < s_indices.Length; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    float expected = column < columns ? s_indices[row] * stride + 2 + column + 1 : 0;
                    if (strip[row * width + column] != expected)
                        Assert.Fail($"{columns} columns: ({row}, {column}) should be {expected}, got {strip[row * width + column]}.");
                }
            }
        }
    }
}
