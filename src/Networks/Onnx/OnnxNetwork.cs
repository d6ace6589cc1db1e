namespace MLExtensions.Networks.Onnx;

/// <summary>A network that is being written as a graph, at one of its layers.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Tensors">Gives the tensors of the layer by name.</param>
/// <param name="Inputs">The width of the rows before the layer.</param>
/// <param name="Members">The networks that rows are of: values are [rows x width] for one, [rows x members x width] for several.</param>
internal sealed record OnnxNetwork(OnnxGraph Graph, Func<string, float[]> Tensors, int Inputs, int Members)
{
    /// <summary>A tensor of the layer as a constant that is combined with the values by element.</summary>
    /// <param name="name">The name of the tensor, of one value for each of a row.</param>
    public string Row(string name) => Graph.Constant(Tensors(name), Tensors(name).Length);
}
