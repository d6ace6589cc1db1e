namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>
/// How the parameters of a network are shared: all layers' rows of parameters in one line, of which each member takes one
/// piece. A piece touches few layers, so a member reads little that others have written. The whole sum of a gradient is
/// computed by one member, so that results do not depend on how many there are.
/// </summary>
/// <param name="layers">The layers of the network.</param>
internal sealed class UpdateShares(ManagedLayer[] layers)
{
    /// <summary>Pieces begin at whole multiples of this row: a cache line of a transposed copy has one writer.</summary>
    public const int Granularity = 16;

    private readonly long _total = layers.Sum(layer => (long)layer.ParameterRows * layer.ParameterRowLength);

    /// <summary>Updates one member's share.</summary>
    /// <param name="member">The member.</param>
    /// <param name="members">The number of members.</param>
    /// <param name="batchRows">The rows of the batch.</param>
    /// <param name="updater">Updates parameters; its step has begun.</param>
    public void Update(int member, int members, int batchRows, ParameterUpdater updater)
    {
        long first = _total * member / members;
        long end = _total * (member + 1) / members;
        foreach (ManagedLayer layer in layers)
        {
            var rows = new RowRange(RowAt(first, layer), RowAt(end, layer));
            if (rows.Count > 0)
                layer.Update(rows, batchRows, updater);
            long length = (long)layer.ParameterRows * layer.ParameterRowLength;
            first -= length;
            end -= length;
        }
    }

    // The row of a layer nearest to a place in the line, which may lie before or after the layer.
    private static int RowAt(long place, ManagedLayer layer)
    {
        if (place <= 0 || layer.ParameterRows == 0)
            return 0;

        long row = place / layer.ParameterRowLength;
        return row >= layer.ParameterRows
            ? layer.ParameterRows
            : (int)Math.Min((row + Granularity / 2) / Granularity * Granularity, layer.ParameterRows);
    }
}
