namespace MLExtensions.Networks.Onnx;

/// <summary>Piecewise-linear functions of numbers as a graph.</summary>
internal static class OnnxBins
{
    /// <summary>
    /// Writes how far each number has come in each bin: 1 in those before its own, 0 in those behind; beyond the first and the last as far as it lies outside.
    /// </summary>
    /// <param name="network">The network that is written, at its embeddings.</param>
    /// <param name="numbers">The numbers, [rows x count x 1].</param>
    /// <param name="count">How many numbers there are.</param>
    /// <param name="bins">The bins of each.</param>
    /// <returns>[rows x count x bins].</returns>
    public static string Write(OnnxNetwork network, string numbers, int count, int bins)
    {
        var graph = network.Graph;
        ReadOnlySpan<float> edges = network.Tensors("edges");
        float[] starts = new float[count * bins], inverses = new float[count * bins], least = new float[count * bins], most = new float[count * bins];
        for (int number = 0; number < count; number++)
        {
            var own = edges.Slice(number * (bins + 1), bins + 1);
            int present = own.IndexOf(float.MaxValue);
            int last = (present < 0 ? own.Length : present) - 2;
            for (int bin = 0; bin <= last; bin++)
            {
                int at = number * bins + bin;
                starts[at] = own[bin];
                inverses[at] = own[bin + 1] > own[bin] ? (float)(1 / ((double)own[bin + 1] - own[bin])) : 0;
                least[at] = bin == 0 ? -float.MaxValue : 0;
                most[at] = bin == last ? float.MaxValue : 1;
            }
        }

        string share = graph.Multiply(graph.Subtract(numbers, Constant(starts)), Constant(inverses));
        return graph.Clip(share, Constant(least), Constant(most));

        string Constant(float[] values) => graph.Constant(values, count, bins);
    }
}
