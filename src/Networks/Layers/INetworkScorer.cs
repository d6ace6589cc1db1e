namespace MLExtensions.Networks;

/// <summary>A trained network prepared for scoring. Any number of threads may score at once.</summary>
public interface INetworkScorer
{
    /// <summary>Scores one row.</summary>
    /// <param name="features">The features, [inputs].</param>
    /// <param name="outputs">Receives the logits or values, [outputs].</param>
    void Score(ReadOnlySpan<float> features, Span<float> outputs);
}
