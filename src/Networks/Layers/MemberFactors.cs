namespace MLExtensions.Networks.Layers;

/// <summary>
/// Factors and summands of members in training: a matrix with a row for each member's factors and, behind them, one for each member's
/// summands. Gradients are left in sums over slices of the batch, which are the same for any number of threads.
/// </summary>
internal sealed unsafe class MemberFactors
{
    private readonly int _members;
    private readonly int _layer;
    private readonly int _offset;
    private readonly int _slices;

    /// <summary>Sees part of the store as factors.</summary>
    /// <param name="members">The number of members.</param>
    /// <param name="size">The number of values.</param>
    /// <param name="hasShift">Whether there are summands.</param>
    /// <param name="batchRows">The most rows of a batch, before they are those of members.</param>
    /// <param name="place">Where the layer stands.</param>
    public MemberFactors(int members, int size, bool hasShift, int batchRows, LayerPlace place)
    {
        (_members, _layer, _offset) = (members, place.Index, place.Offset);
        HasShift = hasShift;
        Rows = hasShift ? 2 * members : members;
        Values = new StripMatrix(place.Store.Values, place.Offset, Rows, size);
        Gradients = new StripMatrix(place.Store.Gradients, place.Offset, Rows, size);
        _slices = SliceMoments.CountOf(batchRows);
        Sums = new StripMatrix(_slices * Rows, size);
    }

    /// <summary>Whether there are summands.</summary>
    public bool HasShift { get; }

    /// <summary>The rows of <see cref="Values"/>.</summary>
    public int Rows { get; }

    /// <summary>The factors and summands.</summary>
    public StripMatrix Values { get; }

    /// <summary>Their gradients.</summary>
    public StripMatrix Gradients { get; }

    /// <summary>The gradients of each slice, [slices x rows of values].</summary>
    public StripMatrix Sums { get; }

    /// <summary>Factors and summands of a trained network.</summary>
    /// <param name="scale">The factors, [members x values].</param>
    /// <param name="shift">The summands; empty for none.</param>
    /// <param name="members">The number of members.</param>
    /// <param name="size">The number of values.</param>
    public static StripMatrix Prepare(ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, int members, int size)
    {
        var prepared = new StripMatrix(shift.Length > 0 ? 2 * members : members, size);
        for (int row = 0; row < prepared.Rows; row++)
            prepared.SetRow(row, (row < members ? scale : shift).Slice(row % members * size, size));
        return prepared;
    }

    /// <summary>Joins gradients of some rows, updates these, or both.</summary>
    public void Update(RowRange rows, int batchRows, ParameterUpdater updater, UpdatePart part)
    {
        for (int strip = 0; strip < Values.StripCount; strip++)
        {
            if (part != UpdatePart.Parameters)
            {
                for (int row = rows.First; row < rows.End; row++)
                    Join(strip, row, SliceMoments.CountOf(batchRows));
            }
            if (part == UpdatePart.Gradients)
                continue;
            UpdateRows(strip, new RowRange(rows.First, Math.Min(rows.End, _members)), ParameterRole.MemberScale, updater);
            UpdateRows(strip, new RowRange(Math.Max(rows.First, _members), rows.End), ParameterRole.MemberShift, updater);
        }
    }

    public void Import(NetworkWeights source)
    {
        for (int row = 0; row < Rows; row++)
            Values.SetRow(row, RowOf(source, row));
    }

    public void Export(AlignedBuffer values, NetworkWeights destination)
    {
        var matrix = new StripMatrix(values, _offset, Rows, Values.Columns);
        for (int row = 0; row < Rows; row++)
            matrix.GetRow(row, RowOf(destination, row));
    }

    private Span<float> RowOf(NetworkWeights weights, int row) =>
        weights[weights.Layout.Find(_layer, row < _members ? ParameterRole.MemberScale : ParameterRole.MemberShift)]
            .Slice(row % _members * Values.Columns, Values.Columns);

    private void Join(int strip, int row, int slices)
    {
        var sum = new Span<float>(Gradients.At(strip, row), Values.Width);
        sum.Clear();
        for (int slice = 0; slice < slices; slice++)
        {
            var part = new ReadOnlySpan<float>(Sums.At(strip, slice * Rows + row), Values.Width);
            for (int i = 0; i < sum.Length; i++)
                sum[i] += part[i];
        }
    }

    private void UpdateRows(int strip, RowRange rows, ParameterRole role, ParameterUpdater updater)
    {
        if (rows.Count > 0)
            updater.Update(checked((int)(_offset + strip * Values.StripLength + rows.First * Values.Width)), rows.Count * Values.Width, _layer, role);
    }
}
