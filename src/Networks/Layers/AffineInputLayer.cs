namespace MLExtensions.Networks;

/// <summary>
/// z = (x - centre) factor, then z / √(1 + (z inverse limit)²): a number keeps its size near 0 and stays below its limit, however far away
/// it lies. An inverse limit of 0 leaves z as it is.
/// </summary>
/// <param name="Layout">What the slots of a row are, and which may be missing.</param>
/// <remarks>Smooth clipping: RealMLP (Holzmüller, Grinsztajn, Steinwart 2024, arXiv 2407.04491), where the limit is 3.</remarks>
public sealed record AffineInputLayer(RowLayout Layout) : InputLayer(Layout)
{
    internal override IEnumerable<ParameterTensor> Parameters =>
        [Statistic("center", Layout.Width), Statistic("factor", Layout.Width), Statistic("inverse_limit", Layout.Width)];

    internal override string WriteOnnxNumbers(OnnxNetwork network, string input)
    {
        var graph = network.Graph;
        string limit = graph.Constant(AffineInputStep.Far), least = graph.Constant(-AffineInputStep.Far);
        string z = graph.Clip(graph.Multiply(graph.Subtract(input, network.Row("center")), network.Row("factor")), least, limit);
        string share = graph.Multiply(z, network.Row("inverse_limit"));
        return graph.Divide(z, graph.Node("Sqrt", [graph.Add(graph.Multiply(share, share), graph.Constant(1f))]));
    }

    private protected override void WriteTorchNumbers(SequentialWriter writer)
    {
        if (writer.Tensors("inverse_limit").AsSpan().ContainsAnyExcept(0))
            throw NoTorch("Smooth clipping of features (InputScaling.Robust)", "train with InputScaling.Standard or null");
        // Of a feature far from 0 the difference must not be that of two rounded products.
        writer.Subtract(writer.Tensors("center"));
        writer.Multiply(writer.Tensors("factor"));
    }

    internal override InputStep CreateStep(LayerTensors tensors) => new AffineInputStep(this, tensors);
}
