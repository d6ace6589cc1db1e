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

    internal override InputStep CreateStep(LayerTensors tensors) => new AffineInputStep(this, tensors);
}
