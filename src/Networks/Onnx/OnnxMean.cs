namespace MLExtensions.Networks.Onnx;

/// <summary>The mean of the outputs of several networks, as a graph.</summary>
internal static class OnnxMean
{
    // No probability of single precision is smaller and has a logarithm that is exact.
    private const float Least = 1e-37f;

    /// <summary>Writes the mean.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="outputs">The outputs, [rows x members x outputs].</param>
    /// <param name="mean">What of them is averaged.</param>
    /// <returns>The mean, [rows x outputs].</returns>
    public static string Write(OnnxGraph graph, string outputs, EnsembleMean mean) => mean switch
    {
        EnsembleMean.Classes => Logarithm(graph, Mean(graph, OnnxFunctions.Softmax(graph, outputs))),
        EnsembleMean.Logits => graph.Subtract(
            Logarithm(graph, Mean(graph, graph.Node("Sigmoid", [outputs]))), Logarithm(graph, Mean(graph, graph.Node("Sigmoid", [graph.Node("Neg", [outputs])])))),
        _ => Mean(graph, outputs),
    };

    private static string Mean(OnnxGraph graph, string values) => graph.Node("ReduceMean", [values], ("axes", new long[] { 1 }), ("keepdims", 0));

    private static string Logarithm(OnnxGraph graph, string value) => graph.Node("Log", [graph.Node("Max", [value, graph.Constant(Least)])]);
}
