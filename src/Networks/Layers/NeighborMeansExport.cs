namespace MLExtensions.Networks.Layers;

/// <summary>Means over neighbours as a graph.</summary>
internal static class NeighborMeansExport
{
    /// <summary>Writes the rows with the means behind them: for each plane the distances to all points, the least of them, and the mean of the values there.</summary>
    /// <param name="network">The network that is written, at the layer.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The rows, [rows x slots].</param>
    public static string Write(OnnxNetwork network, NeighborMeansLayer layer, string input)
    {
        var graph = network.Graph;
        int[] slots = [.. layer.Slots];
        float[] points = network.Tensors("points"), center = network.Tensors("center"), factor = network.Tensors("factor");
        float[] weights = network.Tensors("weights");
        string weight = graph.Constant(weights, layer.Points, 1);
        string values = graph.Constant([.. network.Tensors("values").Select((value, index) => value * weights[index / layer.Values])], layer.Points, layer.Values);
        string count = graph.Constant([(long)Math.Min(layer.Neighbors, layer.Points)], 1);
        string[] squares = [.. slots.Index().Select(slot => Square(slot.Item, slot.Index))];
        return graph.Concatenate([input, .. layer.Pairs.Select(Means)]);

        // Of the distances along one axis, [rows x points].
        string Square(int slot, int index)
        {
            string along = graph.Subtract(graph.Columns(input, [slot]), graph.Constant(points[(index * layer.Points)..((index + 1) * layer.Points)], 1, layer.Points));
            return graph.Multiply(along, along);
        }

        string Means(NumberPair pair, int index)
        {
            string distances = graph.Add(squares[Array.IndexOf(slots, pair.First)], squares[Array.IndexOf(slots, pair.Second)]);
            string nearest = graph.Nodes("TopK", [distances, count], 2, "", ("axis", 1), ("largest", 0), ("sorted", 1))[1];
            string mean = graph.Divide(SumOf(values), SumOf(weight));
            return graph.Multiply(graph.Subtract(mean, OfPair(center)), OfPair(factor));

            string SumOf(string all) => graph.Node("ReduceSum", [graph.Node("Gather", [all, nearest], ("axis", 0))], ("axes", new long[] { 1 }), ("keepdims", 0));
            string OfPair(float[] all) => graph.Constant(all[(index * layer.Values)..((index + 1) * layer.Values)], 1, layer.Values);
        }
    }
}
