using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Product;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed unsafe class MatrixProductTests
{
    [TestMethod]
    public void Run_AllBlockShapes_EqualScalarProduct()
    {
        for (int rows = 0; rows <= 20; rows++)
        {
            for (int vectors = 1; vectors <= 4; vectors++)
                VectorKernels.RunAllWidths(new ProductCase(rows, Depth: 9 + rows, vectors, StripWidth: 7, Transposed: false));
        }
    }

    [TestMethod]
    public void Run_TransposedLeft_EqualsScalarProduct()
    {
        for (int rows = 1; rows <= 15; rows++)
            VectorKernels.RunAllWidths(new ProductCase(rows, Depth: 5 * rows, 1 + rows % 4, StripWidth: 16, Transposed: true));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(63)]
    [DataRow(64)]
    [DataRow(65)]
    [DataRow(511)]
    [DataRow(512)]
    [DataRow(513)]
    [DataRow(1100)]
    public void Run_AnyDepth_EqualsScalarProduct(int depth)
    {
        VectorKernels.RunAllWidths(new ProductCase(Rows: 7, depth, Vectors: 2, StripWidth: 48, Transposed: false));
        VectorKernels.RunAllWidths(new ProductCase(Rows: 7, depth, Vectors: 2, StripWidth: 48, Transposed: true));
    }

    [TestMethod]
    public void Run_RowAloneAndAmongOthers_GivesTheSameBits()
    {
        var all = new ProductCase(Rows: 17, Depth: 600, Vectors: 3, StripWidth: 64, Transposed: false);
        float[] together = all.Multiply<FloatVector256>(0, 17);

        for (int row = 0; row < 17; row++)
            all.Multiply<FloatVector256>(row, 1).Should().Equal(together[(row * 24)..((row + 1) * 24)]);
    }

    [TestMethod]
    public void Run_NaNInLeftOperand_ReachesItsRowAlone()
    {
        var product = new ProductCase(Rows: 8, Depth: 10, Vectors: 1, StripWidth: 16, Transposed: false) { NaNRow = 3 };

        float[] result = product.Multiply<FloatVector128>(0, 8);

        for (int i = 0; i < result.Length; i++)
            float.IsNaN(result[i]).Should().Be(i / 4 == 3);
    }

    /// <summary>One product, with the left operand in strips, held against a scalar loop.</summary>
    private readonly record struct ProductCase(int Rows, int Depth, int Vectors, int StripWidth, bool Transposed) : IVectorKernel
    {
        public int NaNRow { get; init; } = -1;

        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            int width = Vectors * TVector.Count;
            float[] result = Multiply<TVector>(0, Rows);

            for (int row = 0; row < Rows; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    double expected = Start(row, column);
                    for (int k = 0; k < Depth; k++)
                        expected += (double)Left(row, k) * Right(k, column);
                    double tolerance = 1e-6 * Math.Sqrt(Depth) * 3;
                    if (!(Math.Abs(result[row * width + column] - expected) <= tolerance))
                        Assert.Fail($"{this}, width {width}: element ({row}, {column}) should be {expected}, got {result[row * width + column]}.");
                }
            }
        }

        public float[] Multiply<TVector>(int firstRow, int rows)
            where TVector : unmanaged, IVector<TVector>
        {
            int width = Vectors * TVector.Count;
            int strips = (Depth + StripWidth - 1) / StripWidth;
            var left = new AlignedBuffer(Math.Max(1, Transposed ? Depth * Rows : strips * StripWidth * Rows));
            var right = new AlignedBuffer(Depth * width);
            var start = new AlignedBuffer(Math.Max(1, Rows * width));
            var result = new AlignedBuffer(Math.Max(1, Rows * width));
            for (int k = 0; k < Depth; k++)
            {
                for (int row = 0; row < Rows; row++)
                {
                    int at = Transposed ? k * Rows + row : k / StripWidth * StripWidth * Rows + row * StripWidth + k % StripWidth;
                    left.Span[at] = Left(row, k);
                }

                for (int column = 0; column < width; column++)
                    right.Span[k * width + column] = Right(k, column);
            }

            for (int row = 0; row < Rows; row++)
            {
                for (int column = 0; column < width; column++)
                    start.Span[row * width + column] = Start(row, column);
            }

            LeftOperand operand = Transposed
                ? new LeftOperand((nint)left.Pointer, 1, Rows, int.MaxValue, 0)
                : new LeftOperand((nint)left.Pointer, StripWidth, 1, StripWidth, StripWidth * Rows);
            new MatrixProduct(
                operand.SkipRows(firstRow), rows, Depth, (nint)right.Pointer, width,
                (nint)(start.Pointer + firstRow * width), width, (nint)(result.Pointer + firstRow * width)).Run<TVector>();
            return result.Span.Slice(firstRow * width, rows * width).ToArray();
        }

        private float Left(int row, int k) => row == NaNRow && k == Depth / 2 ? float.NaN : Value(row, k, 1);

        private static float Right(int k, int column) => Value(k, column, 2);

        private static float Start(int row, int column) => Value(row, column, 3);

        // Some number between -1 and 1.
        private static float Value(int i, int j, int what) => MathF.Sin(i * 12.9898f + j * 78.233f + what * 37.719f);
    }
}
