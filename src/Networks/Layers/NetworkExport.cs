namespace MLExtensions.Networks.Layers;

/// <summary>A network as a graph, layer by layer.</summary>
internal static class NetworkExport
{
    /// <summary>Writes a network.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="input">The name of the rows, [rows x features].</param>
    /// <returns>The name of the outputs, [rows x outputs].</returns>
    /// <exception cref="NotSupportedException">A layer has no form in ONNX; the message names it.</exception>
    public static string Write(OnnxGraph graph, NetworkDescription network, NetworkWeights weights, string input)
    {
        if (network.Layers is [EnsembleLayer ensemble])
        {
            string[] outputs = [.. ensemble.Members.Select((member, index) => Write(graph, member, ensemble.WeightsOf(weights, index), input))];
            // [rows x 1 x outputs] of each, side by side.
            string members = graph.Concatenate([.. outputs.Select(output => graph.Node("Unsqueeze", [output], ("axes", new long[] { 1 })))]);
            return OnnxMean.Write(graph, members, ensemble.Mean);
        }

        int width = network.Inputs, of = 1;
        foreach (var (index, layer) in network.Layers.Index())
        {
            var place = new OnnxNetwork(graph, name => weights[Invariant($"{index}.{name}")].ToArray(), width, of);
            input = layer.WriteOnnx(place, input);
            (width, of) = (layer.OutputsFor(width)!.Value, layer.MembersAfter(of)!.Value);
        }
        return input;
    }
}
