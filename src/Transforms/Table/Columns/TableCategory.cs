namespace MLExtensions.Transforms;

/// <summary>One category of a column.</summary>
/// <param name="Value">The value, as text; for <see cref="TableCategoryKind.Merged"/> and <see cref="TableCategoryKind.Missing"/> what stands for them.</param>
/// <param name="Count">The number of training rows.</param>
/// <param name="Kind">Whether it is a value, or all that are rare or missing.</param>
public sealed record TableCategory(string Value, long Count, TableCategoryKind Kind = TableCategoryKind.Value)
{
    internal const string MergedText = "(rare)";
    internal const string MissingText = "(missing)";
}

/// <summary>What a category stands for.</summary>
public enum TableCategoryKind
{
    /// <summary>One value.</summary>
    Value,

    /// <summary>All values that were too rare for a category of their own, and those that no training row had.</summary>
    Merged,

    /// <summary>A missing value.</summary>
    Missing,
}
