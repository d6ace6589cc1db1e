namespace MLExtensions.Networks.Product;

/// <summary>
/// The kernel of matrix products whose right operand is one vector wide, such as those of a layer of few outputs: a block of
/// 12 rows. Of the 6 rows of <see cref="ProductBlock"/> there would be 6 sums in flight, where two units that take 4 cycles
/// for each addition need 8.
/// </summary>
internal static unsafe class TallBlock
{
    /// <summary>The rows of a block.</summary>
    public const int Rows = 12;

    /// <summary>result = start + left x right for one block; each sum runs over the depth in order.</summary>
    /// <typeparam name="TVector">The vectors.</typeparam>
    /// <param name="left">The left operand, [12 x depth].</param>
    /// <param name="depth">The terms of each sum.</param>
    /// <param name="right">The right operand, [depth x 1 vector].</param>
    /// <param name="start">The values that the sums start from, [12 x 1 vector].</param>
    /// <param name="startStride">The distance between rows of <paramref name="start"/>; 0 repeats one row.</param>
    /// <param name="result">Receives the block, [12 x 1 vector]; may be <paramref name="start"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TVector>(in LeftOperand left, int depth, float* right, float* start, nint startStride, float* result)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector s0 = TVector.Load(start), s1 = TVector.Load(start + startStride);
        TVector s2 = TVector.Load(start + 2 * startStride), s3 = TVector.Load(start + 3 * startStride);
        TVector s4 = TVector.Load(start + 4 * startStride), s5 = TVector.Load(start + 5 * startStride);
        TVector s6 = TVector.Load(start + 6 * startStride), s7 = TVector.Load(start + 7 * startStride);
        TVector s8 = TVector.Load(start + 8 * startStride), s9 = TVector.Load(start + 9 * startStride);
        TVector s10 = TVector.Load(start + 10 * startStride), s11 = TVector.Load(start + 11 * startStride);

        nint row1 = left.RowStride;
        nint row2 = 2 * row1;
        nint row3 = 3 * row1;
        nint row4 = 4 * row1;
        nint row5 = 5 * row1;
        nint step = left.DepthStride;
        float* block = (float*)left.Origin;
        for (int remaining = depth; remaining > 0; remaining -= left.BlockDepth, block += left.BlockStride)
        {
            float* upper = block;
            float* lower = block + 6 * row1;
            for (int k = Math.Min(remaining, left.BlockDepth); k > 0; k--)
            {
                TVector b = TVector.Load(right);
                TVector.AddProduct(ref s0, TVector.Broadcast(upper), b);
                TVector.AddProduct(ref s1, TVector.Broadcast(upper + row1), b);
                TVector.AddProduct(ref s2, TVector.Broadcast(upper + row2), b);
                TVector.AddProduct(ref s3, TVector.Broadcast(upper + row3), b);
                TVector.AddProduct(ref s4, TVector.Broadcast(upper + row4), b);
                TVector.AddProduct(ref s5, TVector.Broadcast(upper + row5), b);
                TVector.AddProduct(ref s6, TVector.Broadcast(lower), b);
                TVector.AddProduct(ref s7, TVector.Broadcast(lower + row1), b);
                TVector.AddProduct(ref s8, TVector.Broadcast(lower + row2), b);
                TVector.AddProduct(ref s9, TVector.Broadcast(lower + row3), b);
                TVector.AddProduct(ref s10, TVector.Broadcast(lower + row4), b);
                TVector.AddProduct(ref s11, TVector.Broadcast(lower + row5), b);
                upper += step;
                lower += step;
                right += TVector.Count;
            }
        }

        s0.Store(result);
        s1.Store(result + TVector.Count);
        s2.Store(result + 2 * TVector.Count);
        s3.Store(result + 3 * TVector.Count);
        s4.Store(result + 4 * TVector.Count);
        s5.Store(result + 5 * TVector.Count);
        s6.Store(result + 6 * TVector.Count);
        s7.Store(result + 7 * TVector.Count);
        s8.Store(result + 8 * TVector.Count);
        s9.Store(result + 9 * TVector.Count);
        s10.Store(result + 10 * TVector.Count);
        s11.Store(result + 11 * TVector.Count);
    }
}
