namespace MLExtensions.Networks;

/// <summary>
/// y = γ (x - mean) / √(variance + ε) + β for each unit, with mean and variance over the rows of the batch in training, and running
/// averages of them in scoring.
/// </summary>
/// <remarks>
/// Ioffe, Szegedy 2015, arXiv 1502.03167; constants and variances as in PyTorch's BatchNorm1d. Noise of the batch takes part in it, so
/// that batches of fewer than about 16 rows do worse; use <see cref="LayerNormalization"/> there. In scoring it costs nothing before the
/// activation, where it is folded into the weights. A last batch of one row is joined to the one before it. Rows count alike in the
/// statistics whatever their weight, as in PyTorch.
/// </remarks>
public sealed record BatchNormalization : Normalization
{
    /// <summary>
    /// The weight of the newest batch in the running averages; above 0 and at most 1, 0.1 by default. Keras calls 1 minus this momentum.
    /// Lower it where an epoch has many small batches.
    /// </summary>
    public float Momentum { get; init; } = 0.1f;

    internal override IEnumerable<string> Validate() => Momentum is > 0 and <= 1
        ? base.Validate()
        : base.Validate().Append(Invariant($"Momentum must be above 0 and at most 1, got {Momentum}"));

    internal override Layer LayerOf(int size) => new BatchNormalizationLayer(size, Epsilon, Momentum, Affine);
}
