namespace MLExtensions.Networks.Layers;

/// <summary>The means of what is known of the nearest points, in each of some planes.</summary>
internal sealed class NeighborMeans
{
    private const int MostOnStack = 256;

    private readonly (int First, int Second)[] _axes;
    private readonly NeighborPlane[] _planes;
    private readonly float[] _values;
    private readonly float[] _weights;
    private readonly int _valueCount;
    private readonly int _neighbors;

    /// <summary>Takes points.</summary>
    /// <param name="layer">The planes.</param>
    /// <param name="tensors">Gives <c>points</c>, <c>values</c> and <c>weights</c> of the layer.</param>
    public NeighborMeans(NeighborMeansLayer layer, LayerTensors tensors)
    {
        (_valueCount, _neighbors) = (layer.Values, Math.Min(layer.Neighbors, layer.Points));
        (_values, _weights) = (tensors("values").ToArray(), tensors("weights").ToArray());
        float[] points = tensors("points").ToArray();
        int[] slots = [.. layer.Slots];
        _axes = [.. layer.Pairs.Select(pair => (Array.IndexOf(slots, pair.First), Array.IndexOf(slots, pair.Second)))];
        _planes = new NeighborPlane[_axes.Length];
        Parallel.For(0, _axes.Length, pair => _planes[pair] = new NeighborPlane(Along(_axes[pair].First), Along(_axes[pair].Second)));

        ReadOnlySpan<float> Along(int axis) => points.AsSpan(axis * layer.Points, layer.Points);
    }

    /// <summary>The number of means of a row.</summary>
    public int Count => _axes.Length * _valueCount;

    /// <summary>Computes the means of a row.</summary>
    /// <param name="row">The numbers of the row, [<see cref="NeighborMeansLayer.Slots"/>]; where one of a pair is NaN, so are its means.</param>
    /// <param name="means">Receives them, [pairs x values].</param>
    /// <param name="groups">The group of each point; empty where all count.</param>
    /// <param name="group">The group whose points do not count.</param>
    public void Compute(ReadOnlySpan<float> row, Span<float> means, ReadOnlySpan<int> groups = default, int group = -1)
    {
        Span<Neighbor> nearest = _neighbors <= MostOnStack ? stackalloc Neighbor[_neighbors] : new Neighbor[_neighbors];
        for (int pair = 0; pair < _axes.Length; pair++)
        {
            float x = row[_axes[pair].First], y = row[_axes[pair].Second];
            var own = means.Slice(pair * _valueCount, _valueCount);
            if (float.IsNaN(x) || float.IsNaN(y))
                own.Fill(float.NaN);
            else
                Mean(nearest[.._planes[pair].Find(x, y, nearest, groups, group)], own);
        }
    }

    private void Mean(ReadOnlySpan<Neighbor> nearest, Span<float> mean)
    {
        double weight = 0;
        foreach (var neighbor in nearest)
            weight += _weights[neighbor.Point];
        for (int value = 0; value < mean.Length; value++)
        {
            double sum = 0;
            foreach (var neighbor in nearest)
                sum += (double)_weights[neighbor.Point] * _values[neighbor.Point * _valueCount + value];
            mean[value] = (float)(sum / weight);
        }
    }
}
