namespace MLExtensions.Networks.Managed;

/// <summary>
/// How the parameters of a network are cut into pieces for threads to take: all layers' rows of parameters in one line. A piece
/// touches few layers, so a thread reads little that others have written. The whole sum of a gradient is computed with its
/// piece, so that results do not depend on how many pieces there are.
/// </summary>
/// <param name="layers">The layers of the network.</param>
internal sealed class UpdateShares(IUpdatedLayer[] layers) : IUpdateShares
{
    /// <summary>Pieces begin at whole multiples of this row.</summary>
    public const int Granularity = ManagedLayer.RowGranularity;

    private readonly long[] _before = Before(layers);

    /// <summary>The parameters, with padding.</summary>
    public long Total { get; } = layers.Sum(layer => (long)layer.ParameterRows * layer.ParameterRowLength);

    /// <inheritdoc/>
    public void Update(int piece, int pieces, int batchRows, ParameterUpdater updater, UpdatePart part)
    {
        var (first, end) = (Total * piece / pieces, Total * (piece + 1) / pieces);
        for (int i = 0; i < layers.Length; i++)
        {
            RowRange rows = RowsOf(i, first, end);
            if (rows.Count > 0)
                layers[i].Update(rows, batchRows * layers[i].RowFactor, updater, part);
        }
    }

    /// <summary>Prepares a piece for a step.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="pieces">The number of pieces.</param>
    /// <param name="step">The number of the step, from 0.</param>
    /// <param name="addNoise">Whether weights get noise where the settings ask for it.</param>
    public void PrepareStep(int piece, int pieces, int step, bool addNoise)
    {
        var (first, end) = (Total * piece / pieces, Total * (piece + 1) / pieces);
        for (int i = 0; i < layers.Length; i++)
        {
            RowRange rows = RowsOf(i, first, end);
            if (rows.Count > 0)
                layers[i].PrepareStep(rows, step, addNoise);
        }
    }

    // The rows of a layer between two places in the line of all parameters.
    private RowRange RowsOf(int layer, long first, long end) =>
        new(RowAt(first - _before[layer], layers[layer]), RowAt(end - _before[layer], layers[layer]));

    // The row of a layer nearest to a place in the line, which may lie before or after the layer.
    private static int RowAt(long place, IUpdatedLayer layer)
    {
        if (place <= 0 || layer.ParameterRows == 0)
            return 0;

        long row = place / layer.ParameterRowLength;
        return row >= layer.ParameterRows
            ? layer.ParameterRows
            : (int)Math.Min((row + Granularity / 2) / Granularity * Granularity, layer.ParameterRows);
    }

    // The parameters of all layers before each.
    private static long[] Before(IUpdatedLayer[] layers)
    {
        var before = new long[layers.Length];
        for (int i = 1; i < layers.Length; i++)
            before[i] = before[i - 1] + (long)layers[i - 1].ParameterRows * layers[i - 1].ParameterRowLength;
        return before;
    }
}
