namespace MLExtensions.Transforms;

/// <summary>What <see cref="TableEncodingEstimator"/> writes of a category.</summary>
public enum CategoryEncoding
{
    /// <summary>
    /// Its index, in one slot that the annotation <see cref="CategoryCounts"/> names: the networks of this library give every
    /// category weights of its own. To trainers that do not know the annotation, an index looks like a number.
    /// </summary>
    Index,

    /// <summary>A slot for each category, 1 for that of the row and 0 for the others: for any trainer.</summary>
    OneHot,
}
