namespace MLExtensions.Networks.Engine;

/// <summary>How the rows of a batch are shared.</summary>
internal static class RowShares
{
    /// <summary>The rows of one part: whole slices of the batch, nearly as many as those of any other.</summary>
    /// <param name="batchRows">The rows of the batch.</param>
    /// <param name="part">The part.</param>
    /// <param name="parts">The number of parts.</param>
    public static RowRange Of(int batchRows, int part, int parts)
    {
        long slices = SliceMoments.CountOf(batchRows);
        int first = (int)(slices * part / parts) * SliceMoments.Rows;
        int end = (int)(slices * (part + 1) / parts) * SliceMoments.Rows;
        return new RowRange(first, Math.Min(end, batchRows));
    }
}
