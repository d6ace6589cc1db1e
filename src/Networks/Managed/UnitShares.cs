namespace MLExtensions.Networks.Managed;

/// <summary>
/// Parameters in pieces of units: those of a strip of a hidden layer's units, of the output layer those that read a strip of the last hidden
/// units, of layers before the first block as many pieces as it has. In the order of where the units stand in their layers, so that a thread
/// that takes neighbouring pieces updates the weights of units that it computes, and no other thread's cache has to hand them over.
/// </summary>
internal sealed class UnitShares : IUpdateShares
{
    private readonly Piece[] _pieces;

    /// <summary>Cuts the parameters.</summary>
    /// <param name="plan">The network.</param>
    public UnitShares(UnitPlan plan) => _pieces =
    [
        .. plan.Inputs.SelectMany(layer => OfRows(layer, ManagedLayer.RowGranularity, (layer.ParameterRows + ManagedLayer.RowGranularity - 1) / ManagedLayer.RowGranularity))
            .Concat(plan.Blocks.SelectMany(OfBlock))
            .Concat(OfRows(plan.Output, plan.Output.Input.Width, plan.Output.Input.StripCount))
            .OrderBy(piece => piece.Place),
    ];

    /// <summary>The number of pieces.</summary>
    public int Count => _pieces.Length;

    /// <inheritdoc/>
    public void Update(int piece, int pieces, int batchRows, ParameterUpdater updater, UpdatePart part)
    {
        var (layer, strip, rows, _) = _pieces[piece];
        if (strip is { } units)
            ((ManagedLinearLayer)layer).Update(units, rows, batchRows, updater, part);
        else
            layer.Update(rows, batchRows, updater, part);
    }

    private static IEnumerable<Piece> OfBlock(UnitBlock block)
    {
        for (int strip = 0; strip < block.Strips; strip++)
            yield return new(block.Linear, strip, new RowRange(0, block.Linear.ParameterRows), PlaceOf(strip, block.Strips));
        foreach (ManagedUnitLayer layer in block.Followers.Where(layer => layer.ParameterRows > 0))
            yield return new(layer, null, new RowRange(0, layer.ParameterRows), PlaceOf(0, 1));
    }

    // Rows of parameters, the last piece with those that are left, such as the bias.
    private static IEnumerable<Piece> OfRows(ManagedLayer layer, int rows, int count)
    {
        for (int i = 0; i < count; i++)
            yield return new(layer, null, new RowRange(i * rows, i < count - 1 ? (i + 1) * rows : layer.ParameterRows), PlaceOf(i, count));
    }

    private static double PlaceOf(int index, int count) => (index + 0.5) / count;

    // Rows of parameters of a layer, those of a strip of its units or of all, and where these stand.
    private readonly record struct Piece(ManagedLayer Layer, int? Strip, RowRange Rows, double Place);
}
