namespace MLExtensions.Networks.Layers;

/// <summary>Embeddings of numbers and categories as a graph.</summary>
internal static class EmbeddingExport
{
    /// <summary>Writes a layer of embeddings.</summary>
    /// <param name="network">The network that is written, at the layer.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The rows, [rows x slots].</param>
    /// <returns>[rows x values].</returns>
    public static string Write(OnnxNetwork network, EmbeddingLayer layer, string input)
    {
        var graph = network.Graph;
        var places = EmbeddingPlaces.Of(layer);

        // What each part gives, and where its values belong.
        var parts = new List<string>();
        var columns = new List<int>();
        int[] same = [.. places.Plain.Where(place => place.Categories == 0).Select(place => place.Slot)];
        if (same.Length > 0)
            Take(graph.Columns(input, same), places.Plain.Where(place => place.Categories == 0).Select(place => place.Output));
        foreach (var place in places.Plain.Where(place => place.Categories > 0))
            Take(graph.Cast(OnnxFunctions.OneOf(graph, graph.Columns(input, [place.Slot]), place.Categories), OnnxType.Single), Enumerable.Range(place.Output, place.Categories));
        foreach (var place in places.Tables)
            Take(Table(network, place, input), Enumerable.Range(place.Output, place.Size));
        if (places.Numbers.Length > 0)
            Take(Numbers(network, layer.Numbers!, graph.Columns(input, places.Numbers.Select(place => place.Slot)), places.Numbers.Length), places.Numbers.SelectMany(place => Enumerable.Range(place.Output, layer.Numbers!.Dimension)));

        string all = graph.Concatenate(parts);
        int[] order = [.. Enumerable.Range(0, columns.Count).OrderBy(at => columns[at])];
        return order.Index().All(at => at.Index == at.Item) ? all : graph.Columns(all, order);

        void Take(string values, IEnumerable<int> outputs)
        {
            parts.Add(values);
            columns.AddRange(outputs);
        }
    }

    // The vector of a category; zeros where the index is invalid.
    private static string Table(OnnxNetwork network, TablePlace place, string input)
    {
        var graph = network.Graph;
        string number = graph.Columns(input, [place.Category.Slot]), zero = graph.Constant(0f);
        string isWhole = graph.Node("Equal", [number, graph.Node("Floor", [number])]);
        string isInside = graph.Node("And", [graph.Node("GreaterOrEqual", [number, zero]), graph.Node("Less", [number, graph.Constant((float)place.Category.Count)])]);
        string isValid = graph.Node("And", [isWhole, isInside]);
        string index = graph.Cast(graph.Where(isValid, number, zero), OnnxType.Int64);
        string table = graph.Constant(network.Tensors(EmbeddingLayer.NameOf(place.Category)), place.Category.Count, place.Size);
        string vector = graph.Node("Squeeze", [graph.Node("Gather", [table, index], ("axis", 0L))], ("axes", new long[] { 1 }));
        return graph.Multiply(vector, graph.Cast(isValid, OnnxType.Single));
    }

    // Numbers [rows x count] to [rows x count · dimension].
    private static string Numbers(OnnxNetwork network, NumberEmbedding embedding, string numbers, int count)
    {
        var graph = network.Graph;
        string basis = embedding.WriteOnnxBasis(network, graph.Node("Unsqueeze", [numbers], ("axes", new long[] { 2 })), count);
        // A product for each number: [count x rows x functions] times [count x functions x dimension].
        string byNumber = graph.Node("Transpose", [basis], ("perm", new long[] { 1, 0, 2 }));
        string product = graph.Node("MatMul", [byNumber, graph.Constant(network.Tensors("weight"), count, embedding.BasisCount, embedding.Dimension)]);
        string values = graph.Add(graph.Node("Transpose", [product], ("perm", new long[] { 1, 0, 2 })), graph.Constant(network.Tensors("bias"), count, embedding.Dimension));
        if (embedding.IsRectified)
            values = graph.Node("Relu", [values]);
        return graph.Node("Reshape", [values, graph.Constant(new long[] { -1, (long)count * embedding.Dimension }, 2)]);
    }
}
