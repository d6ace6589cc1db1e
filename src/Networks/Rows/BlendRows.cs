namespace MLExtensions.Networks.Rows;

/// <summary>own ← other + keep (own - other), for rows of one strip.</summary>
/// <param name="own">The strip's values, from the first of the rows on.</param>
/// <param name="other">The values to mix in, laid out alike.</param>
/// <param name="keep">The part of each column that stays, [width].</param>
/// <param name="rows">The number of rows.</param>
/// <param name="width">The columns of the strip.</param>
internal readonly unsafe struct BlendRows(float* own, float* other, float* keep, int rows, int width) : IVectorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        for (int row = 0; row < rows; row++)
        {
            float* to = own + (nint)row * width;
            float* from = other + (nint)row * width;
            for (int column = 0; column < width; column += TVector.Count)
            {
                TVector part = TVector.Load(from + column);
                TVector.MultiplyAdd(TVector.Load(keep + column), TVector.Load(to + column) - part, part).Store(to + column);
            }
        }
    }
}
