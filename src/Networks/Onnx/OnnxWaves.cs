namespace MLExtensions.Networks.Onnx;

/// <summary>Sine and cosine of numbers as a graph.</summary>
internal static class OnnxWaves
{
    /// <summary>Writes cos 2πfx, or with phases cos(2πfx + p), and sin of the same.</summary>
    /// <param name="network">The network that is written, at its embeddings.</param>
    /// <param name="numbers">The numbers, [rows x count x 1].</param>
    /// <param name="count">How many numbers there are.</param>
    /// <param name="frequencies">The frequencies of each.</param>
    /// <param name="hasPhases">Whether there are phases.</param>
    /// <returns>Both, [rows x count x frequencies].</returns>
    public static (string Cosine, string Sine) Write(OnnxNetwork network, string numbers, int count, int frequencies, bool hasPhases)
    {
        var graph = network.Graph;
        string turns = graph.Multiply(numbers, graph.Constant(network.Tensors("frequency"), count, frequencies));
        if (hasPhases)
            turns = graph.Add(turns, graph.Constant([.. network.Tensors("phase").Select(phase => phase / (2 * MathF.PI))], count, frequencies));
        // Whole turns are taken off, or a large angle would be as inexact as it is large.
        string angle = graph.Multiply(graph.Subtract(turns, graph.Node("Round", [turns])), graph.Constant(2 * MathF.PI));
        return (graph.Node("Cos", [angle]), graph.Node("Sin", [angle]));
    }
}
