using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Memory;

namespace MLExtensions.Networks.Managed;

/// <summary>How the rows of a batch are shared.</summary>
internal static class RowShares
{
    /// <summary>The rows that pass through the layers of a stage together.</summary>
    public const int PortionRows = NetworkScorer.PortionRows;

    /// <summary>The rows of one member: whole slices of the batch, nearly as many as those of any other.</summary>
    /// <param name="batchRows">The rows of the batch.</param>
    /// <param name="member">The member.</param>
    /// <param name="members">The number of members.</param>
    public static RowRange Of(int batchRows, int member, int members)
    {
        long slices = (batchRows + SliceMoments.Rows - 1) / SliceMoments.Rows;
        int first = (int)(slices * member / members) * SliceMoments.Rows;
        int end = (int)(slices * (member + 1) / members) * SliceMoments.Rows;
        return new RowRange(first, Math.Min(end, batchRows));
    }

    /// <summary>The first portion of rows, which is empty when none are left.</summary>
    /// <param name="rows">The rows; receives those after the portion.</param>
    /// <param name="portion">The portion.</param>
    /// <returns>Whether there was a row left.</returns>
    public static bool TakePortion(ref RowRange rows, out RowRange portion)
    {
        portion = new RowRange(rows.First, Math.Min(rows.First + PortionRows, rows.End));
        rows = new RowRange(portion.End, rows.End);
        return portion.Count > 0;
    }
}
