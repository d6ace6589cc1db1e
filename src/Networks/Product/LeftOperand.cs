namespace MLExtensions.Networks.Product;

/// <summary>
/// The left operand of a matrix product, read in place: element (row, k) lies at
/// <c>Origin + row x RowStride + (k / BlockDepth) x BlockStride + (k % BlockDepth) x DepthStride</c>. Two strides let one
/// kernel read a matrix or its transpose; blocks let it run across the strips of a <see cref="StripMatrix"/>.
/// </summary>
/// <param name="Origin">Element (0, 0).</param>
/// <param name="RowStride">The distance between rows.</param>
/// <param name="DepthStride">The distance between values of one row.</param>
/// <param name="BlockDepth">The values of one row that <paramref name="DepthStride"/> reaches.</param>
/// <param name="BlockStride">The distance between blocks of such values.</param>
internal readonly unsafe record struct LeftOperand(
    nint Origin, nint RowStride, nint DepthStride, int BlockDepth, nint BlockStride)
{
    private static readonly AlignedBuffer s_one = MakeOne();

    /// <summary>Ones: the product is the sums of the right operand's columns.</summary>
    public static LeftOperand Ones => Constant(s_one.Pointer);

    /// <summary>Rows of a matrix.</summary>
    /// <param name="matrix">The matrix; the depth of the product is its columns.</param>
    /// <param name="row">The first row.</param>
    public static LeftOperand Rows(StripMatrix matrix, int row) =>
        new((nint)matrix.At(0, row), matrix.Width, 1, matrix.Width, matrix.StripLength);

    /// <summary>Columns of one strip of a matrix, as the rows of its transpose.</summary>
    /// <param name="matrix">The matrix; the depth of the product is its rows.</param>
    /// <param name="strip">The strip.</param>
    /// <param name="column">The first column within the strip.</param>
    public static LeftOperand Columns(StripMatrix matrix, int strip, int column) =>
        new((nint)(matrix.At(strip, 0) + column), 1, matrix.Width, int.MaxValue, 0);

    /// <summary>One value everywhere: the product is the sums of the right operand's columns, times that value.</summary>
    /// <param name="value">The value.</param>
    public static LeftOperand Constant(float* value) => new((nint)value, 0, 0, int.MaxValue, 0);

    private static AlignedBuffer MakeOne()
    {
        var one = new AlignedBuffer(1);
        one.Pointer[0] = 1f;
        return one;
    }

    /// <summary>The same operand from a later row on.</summary>
    public LeftOperand SkipRows(int rows) => this with { Origin = Origin + rows * RowStride * sizeof(float) };

    /// <summary>The same operand from a later depth on, which is a whole number of blocks unless there is one block.</summary>
    public LeftOperand SkipDepth(int depth)
    {
        nint distance = depth < BlockDepth ? depth * DepthStride : depth / BlockDepth * BlockStride;
        return this with { Origin = Origin + distance * sizeof(float) };
    }
}
