namespace MLExtensions.Transforms;

/// <summary>What <see cref="TableEncodingEstimator"/> took a column for.</summary>
public enum TableColumnKind
{
    /// <summary>A number, or a vector of numbers.</summary>
    Number,

    /// <summary>One of several categories.</summary>
    Category,

    /// <summary>A point or a span of time, of whose parts some are numbers and some are categories.</summary>
    Time,

    /// <summary>Nothing: no training row has a value.</summary>
    Empty,
}
