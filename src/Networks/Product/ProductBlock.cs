namespace MLExtensions.Networks.Product;

/// <summary>The kernel of matrix products: one block of up to 6 rows x 4 vectors, its sums in registers.</summary>
internal static unsafe class ProductBlock
{
    /// <summary>The most rows of a block.</summary>
    public const int MaximumRows = 6;

    /// <summary>
    /// result = start + left x right for one block. Each sum runs over the depth in order, so that its bits do not depend
    /// on the shape of the block it falls into.
    /// </summary>
    /// <typeparam name="TVector">The vectors.</typeparam>
    /// <typeparam name="TRows">The rows of the block, at most 6.</typeparam>
    /// <typeparam name="TVectors">The vectors in a row of the block, at most 4.</typeparam>
    /// <param name="left">The left operand, [rows x depth].</param>
    /// <param name="depth">The terms of each sum.</param>
    /// <param name="right">The right operand, [depth x width].</param>
    /// <param name="width">The distance between rows of the right operand and of the result.</param>
    /// <param name="start">The values that the sums start from, [rows x width].</param>
    /// <param name="startStride">The distance between rows of <paramref name="start"/>; 0 repeats one row.</param>
    /// <param name="result">Receives the block, [rows x width]; may be <paramref name="start"/>.</param>
    // Optimized from the first call on: a first batch through the unoptimized form would take seconds.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TVector, TRows, TVectors>(
        in LeftOperand left, int depth, float* right, nint width, float* start, nint startStride, float* result)
        where TVector : unmanaged, IVector<TVector>
        where TRows : struct, IConstant
        where TVectors : struct, IConstant
    {
        TVector s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23;
        TVector s30, s31, s32, s33, s40, s41, s42, s43, s50, s51, s52, s53;
        LoadRow<TVector, TVectors>(start, out s00, out s01, out s02, out s03);
        LoadRow<TVector, TVectors>(start + (TRows.Value > 1 ? 1 * startStride : 0), out s10, out s11, out s12, out s13);
        LoadRow<TVector, TVectors>(start + (TRows.Value > 2 ? 2 * startStride : 0), out s20, out s21, out s22, out s23);
        LoadRow<TVector, TVectors>(start + (TRows.Value > 3 ? 3 * startStride : 0), out s30, out s31, out s32, out s33);
        LoadRow<TVector, TVectors>(start + (TRows.Value > 4 ? 4 * startStride : 0), out s40, out s41, out s42, out s43);
        LoadRow<TVector, TVectors>(start + (TRows.Value > 5 ? 5 * startStride : 0), out s50, out s51, out s52, out s53);

        nint row1 = left.RowStride;
        nint row2 = 2 * row1;
        nint row3 = 3 * row1;
        nint row4 = 4 * row1;
        nint row5 = 5 * row1;
        nint step = left.DepthStride;
        float* block = (float*)left.Origin;
        for (int remaining = depth; remaining > 0; remaining -= left.BlockDepth, block += left.BlockStride)
        {
            float* a = block;
            for (int k = Math.Min(remaining, left.BlockDepth); k > 0; k--)
            {
                LoadRow<TVector, TVectors>(right, out TVector b0, out TVector b1, out TVector b2, out TVector b3);
                AddRow<TVector, TVectors>(a, b0, b1, b2, b3, ref s00, ref s01, ref s02, ref s03);
                if (TRows.Value > 1)
                    AddRow<TVector, TVectors>(a + row1, b0, b1, b2, b3, ref s10, ref s11, ref s12, ref s13);
                if (TRows.Value > 2)
                    AddRow<TVector, TVectors>(a + row2, b0, b1, b2, b3, ref s20, ref s21, ref s22, ref s23);
                if (TRows.Value > 3)
                    AddRow<TVector, TVectors>(a + row3, b0, b1, b2, b3, ref s30, ref s31, ref s32, ref s33);
                if (TRows.Value > 4)
                    AddRow<TVector, TVectors>(a + row4, b0, b1, b2, b3, ref s40, ref s41, ref s42, ref s43);
                if (TRows.Value > 5)
                    AddRow<TVector, TVectors>(a + row5, b0, b1, b2, b3, ref s50, ref s51, ref s52, ref s53);
                a += step;
                right += width;
            }
        }

        StoreRow<TVector, TVectors>(result, s00, s01, s02, s03);
        if (TRows.Value > 1)
            StoreRow<TVector, TVectors>(result + width, s10, s11, s12, s13);
        if (TRows.Value > 2)
            StoreRow<TVector, TVectors>(result + 2 * width, s20, s21, s22, s23);
        if (TRows.Value > 3)
            StoreRow<TVector, TVectors>(result + 3 * width, s30, s31, s32, s33);
        if (TRows.Value > 4)
            StoreRow<TVector, TVectors>(result + 4 * width, s40, s41, s42, s43);
        if (TRows.Value > 5)
            StoreRow<TVector, TVectors>(result + 5 * width, s50, s51, s52, s53);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadRow<TVector, TVectors>(
        float* row, out TVector v0, out TVector v1, out TVector v2, out TVector v3)
        where TVector : unmanaged, IVector<TVector>
        where TVectors : struct, IConstant
    {
        v0 = TVector.Load(row);
        v1 = TVectors.Value > 1 ? TVector.Load(row + TVector.Count) : v0;
        v2 = TVectors.Value > 2 ? TVector.Load(row + 2 * TVector.Count) : v0;
        v3 = TVectors.Value > 3 ? TVector.Load(row + 3 * TVector.Count) : v0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<TVector, TVectors>(
        float* a, TVector b0, TVector b1, TVector b2, TVector b3,
        ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
        where TVector : unmanaged, IVector<TVector>
        where TVectors : struct, IConstant
    {
        TVector value = TVector.Broadcast(a);
        TVector.AddProduct(ref s0, value, b0);
        if (TVectors.Value > 1)
            TVector.AddProduct(ref s1, value, b1);
        if (TVectors.Value > 2)
            TVector.AddProduct(ref s2, value, b2);
        if (TVectors.Value > 3)
            TVector.AddProduct(ref s3, value, b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TVector, TVectors>(float* row, TVector v0, TVector v1, TVector v2, TVector v3)
        where TVector : unmanaged, IVector<TVector>
        where TVectors : struct, IConstant
    {
        v0.Store(row);
        if (TVectors.Value > 1)
            v1.Store(row + TVector.Count);
        if (TVectors.Value > 2)
            v2.Store(row + 2 * TVector.Count);
        if (TVectors.Value > 3)
            v3.Store(row + 3 * TVector.Count);
    }
}
