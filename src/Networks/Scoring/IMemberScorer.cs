namespace MLExtensions.Networks.Scoring;

/// <summary>Scores a row several times over, by networks that differ: how far apart they are tells how sure their mean is. Immutable.</summary>
internal interface IMemberScorer
{
    /// <summary>The number of networks.</summary>
    int MemberCount { get; }

    /// <summary>Scores one row with each of them.</summary>
    /// <param name="features">The features, [inputs].</param>
    /// <param name="outputs">Receives the logits or values, [members x outputs].</param>
    void ScoreMembers(ReadOnlySpan<float> features, Span<float> outputs);
}
