namespace MLExtensions.Networks.Product;

/// <summary>
/// result = start + left x right for one strip of the right operand and of the result. The three products of a linear
/// layer are all of this form: X W and dY Wᵀ read the rows of the left operand, Xᵀ dY its columns.
/// </summary>
/// <param name="Left">The left operand, [rows x depth].</param>
/// <param name="Rows">The rows of the result.</param>
/// <param name="Depth">The terms of each sum.</param>
/// <param name="Right">One strip of the right operand, [depth x width], as a pointer to float.</param>
/// <param name="Width">The columns of the strip, at most <see cref="InstructionSet.VectorsPerStrip"/> vectors.</param>
/// <param name="Start">The values that the sums start from, [rows x width], as a pointer to float.</param>
/// <param name="StartStride">The distance between rows of <paramref name="Start"/>; 0 repeats one row.</param>
/// <param name="Result">Receives the strip, [rows x width], as a pointer to float.</param>
internal readonly unsafe record struct MatrixProduct(
    LeftOperand Left, int Rows, int Depth, nint Right, int Width, nint Start, nint StartStride, nint Result) : IVectorKernel
{
    // The part of the right operand that one pass reads, 512 x 64 floats, fits into half of a level-2 cache of 256 KiB.
    private const int MaximumDepth = 512;

    /// <summary>Computes the product.</summary>
    public void Compute() => InstructionSet.Run(this);

    /// <inheritdoc/>
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        float* start = (float*)Start;
        nint startStride = StartStride;
        int step = Left.BlockDepth < MaximumDepth ? MaximumDepth / Left.BlockDepth * Left.BlockDepth : MaximumDepth;
        for (int first = 0; first < Depth; first += step)
        {
            LeftOperand left = Left.SkipDepth(first);
            int depth = Math.Min(step, Depth - first);
            float* right = (float*)Right + (nint)first * Width;
            switch (Width / TVector.Count)
            {
                case 1: MultiplyBlocks<TVector, One>(left, depth, right, start, startStride); break;
                case 2: MultiplyBlocks<TVector, Two>(left, depth, right, start, startStride); break;
                case 3: MultiplyBlocks<TVector, Three>(left, depth, right, start, startStride); break;
                default: MultiplyBlocks<TVector, Four>(left, depth, right, start, startStride); break;
            }

            start = (float*)Result;
            startStride = Width;
        }
    }

    // Blocks of nearly equal height: 16 rows are 6 + 5 + 5, which keeps more sums in flight than 6 + 6 + 4.
    private void MultiplyBlocks<TVector, TVectors>(
        LeftOperand left, int depth, float* right, float* start, nint startStride)
        where TVector : unmanaged, IVector<TVector>
        where TVectors : struct, IConstant
    {
        float* result = (float*)Result;
        int remaining = Rows;
        for (; TVectors.Value == 1 && remaining >= TallBlock.Rows; remaining -= TallBlock.Rows)
        {
            TallBlock.Multiply<TVector>(left, depth, right, start, startStride, result);
            left = left.SkipRows(TallBlock.Rows);
            start += TallBlock.Rows * startStride;
            result += (nint)TallBlock.Rows * Width;
        }

        int blocks = (remaining + ProductBlock.MaximumRows - 1) / ProductBlock.MaximumRows;
        for (; remaining > 0; blocks--)
        {
            int rows = (remaining + blocks - 1) / blocks;
            MultiplyBlock<TVector, TVectors>(rows, left, depth, right, start, startStride, result);
            left = left.SkipRows(rows);
            start += rows * startStride;
            result += (nint)rows * Width;
            remaining -= rows;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MultiplyBlock<TVector, TVectors>(
        int rows, in LeftOperand left, int depth, float* right, float* start, nint startStride, float* result)
        where TVector : unmanaged, IVector<TVector>
        where TVectors : struct, IConstant
    {
        switch (rows)
        {
            case 1: ProductBlock.Multiply<TVector, One, TVectors>(left, depth, right, Width, start, startStride, result); break;
            case 2: ProductBlock.Multiply<TVector, Two, TVectors>(left, depth, right, Width, start, startStride, result); break;
            case 3: ProductBlock.Multiply<TVector, Three, TVectors>(left, depth, right, Width, start, startStride, result); break;
            case 4: ProductBlock.Multiply<TVector, Four, TVectors>(left, depth, right, Width, start, startStride, result); break;
            case 5: ProductBlock.Multiply<TVector, Five, TVectors>(left, depth, right, Width, start, startStride, result); break;
            default: ProductBlock.Multiply<TVector, Six, TVectors>(left, depth, right, Width, start, startStride, result); break;
        }
    }
}
