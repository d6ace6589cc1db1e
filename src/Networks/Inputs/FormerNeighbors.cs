namespace MLExtensions.Networks.Inputs;

/// <summary>The means over neighbours of a model that a training goes on from: their planes and scale stay, and its rows are looked up beside those that are trained on.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Tensors">Its tensors.</param>
internal sealed record FormerNeighbors(NeighborMeansLayer Layer, NetworkWeights Tensors)
{
    /// <summary>A tensor of the layer.</summary>
    public ReadOnlySpan<float> this[string name] => Tensors[$"0.{name}"];

    /// <summary>The points that are none of the rows that are trained on, in ascending order; of more than there is room for, as many are drawn.</summary>
    /// <param name="known">The rows that are trained on.</param>
    /// <param name="most">How many there is room for.</param>
    /// <param name="random">Draws them.</param>
    public int[] Others(KnownRows known, int most, RandomStream random)
    {
        int[] slots = [.. Layer.Slots];
        float[] points = this["points"].ToArray(), values = this["values"].ToArray();
        HashSet<string> present = [.. Enumerable.Range(0, known.Count).Select(row =>
            KnownRows.KeyOf([.. slots.Select(slot => known.Features[row * known.Width + slot]), .. known.Values.AsSpan(row * known.ValueCount, known.ValueCount)]))];
        int[] others = [.. Enumerable.Range(0, Layer.Points).Where(point => !present.Contains(
            KnownRows.KeyOf([.. slots.Index().Select(slot => points[slot.Index * Layer.Points + point]), .. values.AsSpan(point * Layer.Values, Layer.Values)])))];
        if (others.Length <= most)
            return others;
        random.Shuffle(others.AsSpan());
        return [.. others.Take(Math.Max(0, most)).Order()];
    }
}
