namespace MLExtensions.Networks;

/// <content>The options of what changes rows in training, before the network sees them. Scoring sees rows as they are.</content>
public partial record MlpOptions
{
    /// <summary>
    /// The standard deviation of normal noise that is added to each feature, anew in each step; at least 0 and finite, 0 by default.
    /// In units of the features: scale them, and 0.01 to 0.2 is usual. Indices of categories get none.
    /// </summary>
    /// <remarks>Bishop 1995, "Training with Noise is Equivalent to Tikhonov Regularization".</remarks>
    public float InputNoise { get; init; }

    /// <summary>
    /// How rows are mixed with one another, after which noise is added: <see cref="MixupOptions"/> or <see cref="CutMixOptions"/>; null,
    /// the default, for not at all. Needs batches of at least two rows.
    /// </summary>
    public RowMixingOptions? RowMixing { get; init; }

    private IEnumerable<string> CheckAugmentation()
    {
        if (NotNegative(InputNoise) is { } ofNoise)
            yield return ofNoise;
        foreach (string message in RowMixing?.Validate() ?? [])
            yield return $"RowMixing.{message}";
        if (RowMixing is not null && BatchSize == 1)
            yield return "RowMixing needs a BatchSize of at least 2, or no row has another to be mixed with, got 1";
    }
}
