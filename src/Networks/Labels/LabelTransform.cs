namespace MLExtensions.Networks;

/// <summary>
/// What a regression is trained on in place of the label itself. The statistics are those of the training rows, by weight, per
/// output; scores are mapped back.
/// </summary>
public enum LabelTransform
{
    /// <summary>The label as it is. Where labels are far from 0 or spread widely, training is slow or diverges.</summary>
    None,

    /// <summary>(label - mean) / standard deviation: the default of losses without a log link.</summary>
    Standardize,

    /// <summary>
    /// The logarithm of the label, standardized: for labels above 0 that spread over orders of magnitude, where relative errors
    /// count. The score is the exponential: for <see cref="SquaredErrorLoss"/> nearer to the median than to the mean.
    /// </summary>
    Log,

    /// <summary>log(1 + label), standardized: as <see cref="Log"/>, for labels above -1.</summary>
    LogOnePlus,

    /// <summary>
    /// label / mean: the default of losses with a log link (Poisson, gamma, Tweedie), and for them alone. The output then starts at
    /// the mean, and the minimum of the loss stays where it is.
    /// </summary>
    DivideByMean,
}
