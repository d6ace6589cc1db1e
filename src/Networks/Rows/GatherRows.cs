using System.Runtime.Intrinsics.X86;

namespace MLExtensions.Networks.Rows;

/// <summary>Copies rows of a row-major block, chosen by index, into rows of one strip of a <see cref="StripMatrix"/>.</summary>
/// <param name="source">The first of the strip's columns in row 0 of the block.</param>
/// <param name="sourceStride">The columns of the block.</param>
/// <param name="indices">The rows to copy, [rows].</param>
/// <param name="rows">The number of rows.</param>
/// <param name="columns">The columns to copy.</param>
/// <param name="strip">Receives the rows; padding keeps its value.</param>
/// <param name="width">The columns of the strip.</param>
internal readonly unsafe struct GatherRows(
    float* source, nint sourceStride, int* indices, int rows, int columns, float* strip, int width) : IVectorKernel
{
    // Rows of a shuffled batch lie anywhere in memory; asking for them this many rows ahead hides most of the wait.
    private const int RowsAhead = 8;
    private const int CacheLine = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        float* to = strip;
        for (int row = 0; row < rows; row++)
        {
            if (Sse.IsSupported && row + RowsAhead < rows)
                Prefetch(source + indices[row + RowsAhead] * sourceStride);
            CopyRow<TVector>(source + indices[row] * sourceStride, to);
            to += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CopyRow<TVector>(float* from, float* to)
        where TVector : unmanaged, IVector<TVector>
    {
        int column = 0;
        for (; column <= columns - TVector.Count; column += TVector.Count)
            TVector.Load(from + column).Store(to + column);
        if (column == columns)
            return;

        if (columns >= TVector.Count)
        {
            // The last vector overlaps the one before.
            TVector.Load(from + columns - TVector.Count).Store(to + columns - TVector.Count);
            return;
        }

        for (; column < columns; column++)
            to[column] = from[column];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch(float* row)
    {
        for (int column = 0; column < columns; column += CacheLine)
            Sse.Prefetch0(row + column);
        Sse.Prefetch0(row + columns - 1);
    }
}
