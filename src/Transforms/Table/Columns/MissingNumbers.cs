namespace MLExtensions.Transforms;

/// <summary>What <see cref="TableEncodingEstimator"/> writes where a number is missing.</summary>
public enum MissingNumbers
{
    /// <summary>
    /// The median of the training rows; and, only if some of those missed the number, a slot beside it that is 1 where it is missing, else 0.
    /// </summary>
    Median,

    /// <summary>NaN, for trainers that have a treatment of their own.</summary>
    Keep,
}
