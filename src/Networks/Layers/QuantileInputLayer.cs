namespace MLExtensions.Networks;

/// <summary>
/// The normal quantile of the share of training values below a number, read off their quantiles at equally spaced shares from 0 to 1. A
/// slot whose <c>scaled</c> is 0 stays as it is.
/// </summary>
/// <param name="Layout">What the slots of a row are, and which may be missing.</param>
/// <param name="Quantiles">The number of quantiles of each slot, at least 2.</param>
/// <remarks>scikit-learn's <c>QuantileTransformer</c> with <c>output_distribution="normal"</c>, in single precision.</remarks>
public sealed record QuantileInputLayer(RowLayout Layout, int Quantiles) : InputLayer(Layout)
{
    internal override bool IsPossible => Quantiles >= 2 && (long)Layout.Width * Quantiles <= Array.MaxLength;

    internal override IEnumerable<ParameterTensor> Parameters => [Statistic("scaled", Layout.Width), Statistic("quantiles", Layout.Width, Quantiles) with { Ascends = true }];

    internal override string WriteOnnxNumbers(OnnxNetwork network, string input) => QuantileExport.Write(network, this, input);

    private protected override void WriteTorchNumbers(SequentialWriter writer) =>
        throw NoTorch("Scaling by quantiles (InputScaling.Quantile)", "train with InputScaling.Standard or null");

    internal override bool IsScaled(Func<string, float[]> tensors, int slot) => tensors("scaled")[slot] != 0;

    internal override InputStep CreateStep(LayerTensors tensors) => new QuantileInputStep(this, tensors);
}
