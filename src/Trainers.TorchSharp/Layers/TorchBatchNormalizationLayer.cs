namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>y = γ (x - mean) / √(variance + ε) + β, with the statistics of the batch in training and the running ones in scoring.</summary>
/// <param name="layer">The constants.</param>
/// <param name="scale">γ, or null.</param>
/// <param name="shift">β, or null.</param>
/// <param name="runningMean">The running mean.</param>
/// <param name="runningVariance">The running variance.</param>
internal sealed class TorchBatchNormalizationLayer(
    BatchNormalizationLayer layer, Tensor? scale, Tensor? shift, Tensor runningMean, Tensor runningVariance) : TorchLayer
{
    /// <summary>The share of a batch in the running statistics; null for the layer's momentum.</summary>
    public float? StatisticsShare { get; set; }

    private float Momentum => StatisticsShare ?? layer.Momentum;

    public override Tensor Forward(Tensor input, bool training) => training && input.shape[0] == 1
        ? ForwardSingleRow(input.detach())
        : nn.functional.batch_norm(input, runningMean, runningVariance, scale, shift, training, Momentum, layer.Epsilon);

    /// <summary>
    /// libtorch refuses a batch of one row. Ours is what the formula says: the row is its own mean, so that the output is β, or 0, and no
    /// gradient goes back; the biased variance, 0, stands in for the unbiased one, which does not exist.
    /// </summary>
    private Tensor ForwardSingleRow(Tensor row)
    {
        using (no_grad())
        {
            runningMean.mul_(1 - Momentum).add_(row[0], Momentum);
            runningVariance.mul_(1 - Momentum);
        }
        // Zero, but for what is NaN or infinite: that must show itself.
        return shift is null ? row - row : row - row + shift;
    }
}
