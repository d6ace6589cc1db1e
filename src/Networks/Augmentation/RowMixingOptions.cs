namespace MLExtensions.Networks;

/// <summary>
/// Training on mixtures of two rows instead of single ones: each row of a batch is mixed with another one, λ of the former. The loss is
/// λ loss(own label) + (1 - λ) loss(other label) for classification and for quantiles, whose spread a mixed label would narrow, and the
/// loss of the mixed label for other regressions; row weights go with their labels. One λ and one pairing for all rows of a batch, as in the authors' code. Use one of the derived records.
/// </summary>
public abstract record RowMixingOptions
{
    private protected RowMixingOptions(float alpha) => Alpha = alpha;

    /// <summary>
    /// λ is drawn from Beta(α, α): close to 0 or 1 for small α, uniform for 1, close to ½ for large. Positive and finite.
    /// </summary>
    public float Alpha { get; init; }

    /// <summary>The share of batches that are mixed; above 0 and at most 1, 1 by default.</summary>
    public float Probability { get; init; } = 1;

    /// <summary>Draws how rows of a batch are mixed.</summary>
    /// <param name="random">The random numbers of the step.</param>
    /// <param name="keep">Receives the part of each feature that is the row's own, from 0 to 1.</param>
    /// <returns>The part of the label that is the row's own.</returns>
    internal abstract float Draw(ref CounterRandom random, Span<float> keep);

    internal IEnumerable<string> Validate() => Failures(
        Positive(Alpha), Probability > 0 && Probability <= 1 ? null : Invariant($"Probability must be above 0 and at most 1, got {Probability}"));
}
