namespace MLExtensions.Networks.Managed;

/// <summary>How the rows of a batch are shared.</summary>
internal static class RowShares
{
    /// <summary>The rows of one member: whole slices of the batch, nearly as many as those of any other.</summary>
    /// <param name="batchRows">The rows of the batch.</param>
    /// <param name="member">The member.</param>
    /// <param name="members">The number of members.</param>
    public static RowRange Of(int batchRows, int member, int members)
    {
        long slices = SliceMoments.CountOf(batchRows);
        int first = (int)(slices * member / members) * SliceMoments.Rows;
        int end = (int)(slices * (member + 1) / members) * SliceMoments.Rows;
        return new RowRange(first, Math.Min(end, batchRows));
    }
}
