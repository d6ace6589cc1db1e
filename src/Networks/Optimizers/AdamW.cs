namespace MLExtensions.Networks;

/// <summary>
/// Adam with decoupled weight decay: w ← w (1 - rate decay) before each step of <see cref="AdamOptions"/>. The decay acts
/// on weight matrices only, not on biases and normalization parameters, unless <see cref="MlpOptions.PenalizeAllParameters"/>
/// asks for it.
/// </summary>
/// <remarks>Loshchilov, Hutter 2017, arXiv 1711.05101; as PyTorch's <c>AdamW</c> with a parameter group for the weights.</remarks>
public sealed record AdamWOptions() : OptimizerOptions(learningRate: 0.001f)
{
    /// <summary>The decay of the mean of the gradient, at least 0 and below 1; 0.9 by default.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>The decay of the mean of the squared gradient, at least 0 and below 1; 0.999 by default.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the denominator; positive and finite, 1e-8 by default.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>
    /// Whether the denominator takes the largest v so far, so that no parameter's rate rises again; false by default. Reddi, Kale,
    /// Kumar 2018, ICLR; as PyTorch's <c>amsgrad</c>.
    /// </summary>
    public bool AmsGrad { get; init; }

    /// <summary>
    /// Whether m and v, which start at 0, are divided by 1 - βᵗ; true by default. Without it the first steps are (1 - β₁) / √(1 - β₂)
    /// times the rate long: 3.2 times with the default decays.
    /// </summary>
    public bool BiasCorrection { get; init; } = true;

    /// <summary>The weight decay, at least 0 and finite; 0.01 by default.</summary>
    public float WeightDecay { get; init; } = 0.01f;

    internal override float DecoupledDecay => WeightDecay;

    internal override bool IgnoresGradientScale => true;

    internal override ManagedOptimizer Open(OptimizerSetup setup) => AmsGrad ? new AmsGradOptimizer(this, setup) : new AdamOptimizer(this, setup);

    internal override IEnumerable<string> Validate() =>
        base.Validate().Concat(Failures(Rate(Beta1), Rate(Beta2), Positive(Epsilon), NotNegative(WeightDecay)));
}
