namespace MLExtensions.Networks.Layers;

/// <summary>
/// The rows of a network that is several at once: row i of a batch is, for member m of k, row i k + m.
/// </summary>
internal static class MemberRows
{
    /// <summary>The rows of all members.</summary>
    /// <param name="rows">The rows of a batch.</param>
    /// <param name="members">The number of members.</param>
    public static RowRange Of(RowRange rows, int members) => new(rows.First * members, rows.End * members);

    /// <summary>The rows of a batch that pass through the layers together: whole slices, with members as few as keep caches from overflowing.</summary>
    /// <param name="members">The number of members.</param>
    public static int PortionOf(int members) => Math.Max(SliceMoments.Rows, RowRange.PortionRows / members / SliceMoments.Rows * SliceMoments.Rows);

    /// <summary>The rows of one member, as the left operand of a product.</summary>
    /// <param name="matrix">The rows of all members.</param>
    /// <param name="row">The first row of the batch.</param>
    /// <param name="member">The member.</param>
    /// <param name="members">The number of members.</param>
    public static unsafe LeftOperand Operand(StripMatrix matrix, int row, int member, int members) => new(
        (nint)matrix.At(0, row * members + member), members * matrix.Width, 1, matrix.Width, matrix.StripLength);

    /// <summary>Columns of one strip of the rows of one member, as the rows of their transpose.</summary>
    /// <param name="matrix">The rows of all members.</param>
    /// <param name="strip">The strip.</param>
    /// <param name="column">The first column within the strip.</param>
    /// <param name="member">The member.</param>
    /// <param name="members">The number of members.</param>
    public static unsafe LeftOperand Columns(StripMatrix matrix, int strip, int column, int member, int members) => new(
        (nint)(matrix.At(strip, member) + column), 1, members * matrix.Width, int.MaxValue, 0);
}
