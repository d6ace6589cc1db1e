using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed unsafe class StripMatrixTests
{
    [TestMethod]
    public void GetRow_AfterSetRow_GivesTheSame()
    {
        for (int columns = 1; columns <= 256; columns++)
        {
            var matrix = new StripMatrix(3, columns);
            float[][] rows = [.. Enumerable.Range(0, 3).Select(r => Enumerable.Range(0, columns).Select(c => r * 1000f + c).ToArray())];
            for (int row = 0; row < 3; row++)
                matrix.SetRow(row, rows[row]);

            for (int row = 0; row < 3; row++)
            {
                var values = new float[columns];
                matrix.GetRow(row, values);
                values.Should().Equal(rows[row]);
                matrix[row, columns - 1].Should().Be(rows[row][^1]);
            }
        }
    }

    [TestMethod]
    public void Layout_AnyColumns_FitsKernels()
    {
        for (int columns = 1; columns <= 256; columns++)
        {
            var matrix = new StripMatrix(5, columns);

            (matrix.Width % InstructionSet.VectorCount).Should().Be(0);
            matrix.Width.Should().BeInRange(1, InstructionSet.VectorCount * InstructionSet.VectorsPerStrip);
            (matrix.Width * matrix.StripCount).Should().BeGreaterThanOrEqualTo(columns);
            (matrix.Width * (matrix.StripCount - 1)).Should().BeLessThan(columns);
            StripMatrix.LengthOf(5, columns).Should().Be(5 * matrix.Width * matrix.StripCount);
            ((nint)matrix.At(0, 0) % 64).Should().Be(0);
        }
    }
}
