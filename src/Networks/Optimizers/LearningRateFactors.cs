namespace MLExtensions.Networks;

/// <summary>
/// Factors on the learning rate by kind of parameter and by place, each at least 0 and finite, 1 by default; 0 leaves parameters as
/// they start. A parameter's rate is the learning rate times the factor of its kind times that of its layer where that is the first
/// or the last; the only layer of a linear model is both.
/// </summary>
/// <remarks>Parameter groups in PyTorch; RealMLP (Holzmüller et al. 2024, arXiv 2407.04491) gives biases 0.1, and factors on features 6.</remarks>
public sealed record LearningRateFactors
{
    /// <summary>The factor of weight matrices.</summary>
    public float Weights { get; init; } = 1;

    /// <summary>The factor of the biases of linear layers.</summary>
    public float Biases { get; init; } = 1;

    /// <summary>The factor of the parameters of normalization layers.</summary>
    public float Normalization { get; init; } = 1;

    /// <summary>The factor of what activations learn: the slopes of <see cref="Activation.PRelu"/>, the weights of <see cref="MixedActivation"/>.</summary>
    public float ActivationSlopes { get; init; } = 1;

    /// <summary>The factor of the factors on features that <c>MlpOptions.ScalesInputs</c> asks for.</summary>
    public float InputScales { get; init; } = 1;

    /// <summary>The factor of what embeddings of numbers and categories learn.</summary>
    public float Embeddings { get; init; } = 1;

    /// <summary>The factor of the first linear layer, its bias included.</summary>
    public float FirstLayer { get; init; } = 1;

    /// <summary>The factor of the output layer, its bias included.</summary>
    public float LastLayer { get; init; } = 1;

    internal IEnumerable<string> Validate() => Failures(
        NotNegative(Weights), NotNegative(Biases), NotNegative(Normalization), NotNegative(ActivationSlopes), NotNegative(InputScales), NotNegative(Embeddings),
        NotNegative(FirstLayer), NotNegative(LastLayer));
}
