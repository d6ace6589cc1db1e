namespace MLExtensions.Networks;

/// <summary>What of the outputs of members is averaged.</summary>
public enum EnsembleMean
{
    /// <summary>The outputs themselves.</summary>
    Values,

    /// <summary>The probabilities of classes that exclude one another: the result is their logarithm.</summary>
    Classes,

    /// <summary>The probability of each output by itself: the result is its logit.</summary>
    Logits,
}
