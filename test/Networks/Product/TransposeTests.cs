using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Product;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed unsafe class TransposeTests
{
    [TestMethod]
    public void Copy_AnyShape_SwapsRowsAndColumnsAndTouchesNothingElse()
    {
        for (int rows = 0; rows <= 20; rows++)
        {
            for (int columns = 0; columns <= 35; columns++)
            {
                int fromStride = columns + 3;
                int toStride = rows + 5;
                var from = new AlignedBuffer(rows * fromStride + 1);
                var to = new AlignedBuffer((columns + 1) * toStride);
                for (int i = 0; i < from.Length; i++)
                    from.Pointer[i] = i + 1;

                Transpose.Copy(from.Pointer, fromStride, rows, columns, to.Pointer, toStride);

                for (int i = 0; i < to.Length; i++)
                {
                    int row = i % toStride;
                    int column = i / toStride;
                    float expected = row < rows && column < columns ? row * fromStride + column + 1 : 0;
                    if (to.Pointer[i] != expected)
                        Assert.Fail($"{rows} x {columns}: ({row}, {column}) should be {expected}, got {to.Pointer[i]}.");
                }
            }
        }
    }
}
