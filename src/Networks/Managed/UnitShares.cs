namespace MLExtensions.Networks.Managed;

/// <summary>
/// Parameters in pieces of units: those of a strip of a hidden layer's units, of the output layer those that read a strip of the last hidden
/// units, of layers before the first block as many pieces as it has. In the order of where the units stand in their layers, so that a thread
/// that takes neighbouring pieces updates the weights of units that it computes, and no other thread's cache has to hand them over.
/// </summary>
internal sealed class UnitShares : IUpdateShares
{
    private readonly List<Piece> _pieces = [];

    /// <summary>Cuts the parameters.</summary>
    /// <param name="plan">The network.</param>
    public UnitShares(UnitPlan plan)
    {
        foreach (ManagedLayer layer in plan.Inputs)
            AddRows(layer, ManagedLayer.RowGranularity, (layer.ParameterRows + ManagedLayer.RowGranularity - 1) / ManagedLayer.RowGranularity);
        foreach (UnitBlock block in plan.Blocks)
            AddBlock(block);
        AddRows(plan.Output, plan.Output.Input.Width, plan.Output.Input.StripCount);
        // Those of the same place in the order of their layers.
        _pieces.Sort((one, other) => one.Place != other.Place ? one.Place.CompareTo(other.Place) : one.Index - other.Index);
    }

    /// <summary>The number of pieces.</summary>
    public int Count => _pieces.Count;

    /// <inheritdoc/>
    public void Update(int piece, int pieces, int batchRows, ParameterUpdater updater, UpdatePart part)
    {
        var (layer, strip, rows, _, _) = _pieces[piece];
        if (strip is { } units)
            ((ManagedLinearLayer)layer).Update(units, rows, batchRows, updater, part);
        else
            layer.Update(rows, batchRows, updater, part);
    }

    private void AddBlock(UnitBlock block)
    {
        for (int strip = 0; strip < block.Strips; strip++)
            Add(block.Linear, strip, new RowRange(0, block.Linear.ParameterRows), strip, block.Strips);
        foreach (ManagedUnitLayer layer in block.Followers)
        {
            if (layer.ParameterRows > 0)
                Add(layer, null, new RowRange(0, layer.ParameterRows), 0, 1);
        }
    }

    // Rows of parameters, the last piece with those that are left, such as the bias.
    private void AddRows(ManagedLayer layer, int rows, int count)
    {
        for (int i = 0; i < count; i++)
            Add(layer, null, new RowRange(i * rows, i < count - 1 ? (i + 1) * rows : layer.ParameterRows), i, count);
    }

    private void Add(ManagedLayer layer, int? strip, RowRange rows, int index, int count) =>
        _pieces.Add(new(layer, strip, rows, Place: (index + 0.5) / count, _pieces.Count));

    // Rows of parameters of a layer, those of a strip of its units or of all, and where these stand. A class, as the framework has its lists of
    // classes compiled.
    private sealed record Piece(ManagedLayer Layer, int? Strip, RowRange Rows, double Place, int Index);
}
