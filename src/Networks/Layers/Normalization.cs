namespace MLExtensions.Networks;

/// <summary>
/// How the values of a hidden layer are brought to mean 0 and variance 1. Choose <see cref="Batch"/> or <see cref="Layer"/>, or make one
/// of the derived records, as in <c>Normalization = new BatchNormalization { Momentum = 0.05f }</c>.
/// </summary>
public abstract record Normalization
{
    private protected Normalization() { }

    /// <summary>Each unit over the rows of a batch.</summary>
    public static Normalization Batch { get; } = new BatchNormalization();

    /// <summary>Each row over the units of the layer.</summary>
    public static Normalization Layer { get; } = new LayerNormalization();

    /// <summary>Added to the variance; positive and finite, 1e-5 by default.</summary>
    public float Epsilon { get; init; } = 1e-5f;

    /// <summary>Whether a factor γ and a summand β per unit are learned; true by default.</summary>
    public bool Affine { get; init; } = true;

    /// <summary>Whether a layer is normalized before or after its activation; before by default.</summary>
    public NormalizationPlacement Placement { get; init; }

    /// <summary>One message for each value outside its range.</summary>
    internal virtual IEnumerable<string> Validate() => Failures(
        Positive(Epsilon),
        !Enum.IsDefined(Placement) ? Invariant($"Placement must be one of {string.Join(", ", Enum.GetNames<NormalizationPlacement>())}, got {Placement}") : null);

    /// <summary>The layer that does it.</summary>
    /// <param name="size">The number of values to normalize.</param>
    internal abstract Layer LayerOf(int size);
}

/// <summary>Where a hidden layer is normalized.</summary>
public enum NormalizationPlacement
{
    /// <summary>Between linear map and activation, as in the papers that introduced both kinds.</summary>
    BeforeActivation,

    /// <summary>Between activation and dropout: the next layer is given values of mean 0 and variance 1.</summary>
    AfterActivation,
}
