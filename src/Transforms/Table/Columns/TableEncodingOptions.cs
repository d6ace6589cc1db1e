namespace MLExtensions.Transforms;

/// <summary>
/// What can be chosen about <see cref="TableEncodingEstimator"/>; the defaults suit a table as it comes. Immutable: make variants with
/// <c>options with { ... }</c>.
/// </summary>
public sealed record TableEncodingOptions
{
    /// <summary>
    /// Where no columns are named, those that are not encoded, such as the label, a weight or the number of a row. By default the column
    /// <c>Label</c>, which must be there: a label of another name among the features would give it all away. Empty to encode every column.
    /// </summary>
    public IReadOnlyList<string>? Except { get; init; }

    /// <summary>
    /// Columns that are categories whatever their values, such as postal codes. Text, key and Boolean columns are without being named here, but
    /// for text of which every value is a number.
    /// </summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>
    /// Columns that are numbers whatever their values, such as counts with few values; text among them must be numbers, of a point or span
    /// of time only the total is taken. <c>Single</c> and <c>Double</c> columns are without being named here.
    /// </summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>
    /// A column of whole numbers (a type such as <c>Int32</c>) is categories if the training rows have at most this many values of it,
    /// and ten rows for each on average; else numbers. 24 by default, the hours of a day; 0 for numbers always.
    /// </summary>
    public int WholeNumberCategories { get; init; } = 24;

    /// <summary>
    /// Texts that stand for a missing value, without the blanks around them; <c>?</c> and <c>NaN</c> by default. Empty and blank text always does, as do
    /// NaN, key 0, and the first moment of <see cref="DateTime"/> and <see cref="DateTimeOffset"/>, which ML.NET gives for none.
    /// </summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = ["?", "NaN"];

    /// <summary>What is written where a number is missing; <see cref="MissingNumbers.Median"/> by default.</summary>
    public MissingNumbers MissingNumbers { get; init; }

    /// <summary>What is written of a category; <see cref="CategoryEncoding.Index"/> by default.</summary>
    public CategoryEncoding CategoryEncoding { get; init; }

    /// <summary>
    /// The fewest training rows of a category of its own: values of fewer are merged into one. 1 by default, which merges none. Values that no
    /// training row has count as merged ones where there are such, and as none of the categories otherwise.
    /// </summary>
    public int MinimumCount { get; init; } = 1;

    /// <summary>
    /// The most categories of a column, that of merged values included and that of missing ones not: the most frequent values are kept,
    /// of equally frequent ones the smallest, and the others merged. No limit by default.
    /// </summary>
    public int? MaximumCategories { get; init; }

    /// <summary>The same options, with lists that nobody else holds.</summary>
    internal TableEncodingOptions Copy() => this with
    {
        Except = Except?.ToArray(),
        Categories = Categories?.ToArray()!,
        Numbers = Numbers?.ToArray()!,
        MissingTexts = MissingTexts?.ToArray()!,
    };

    internal void Check(OptionFailures failures)
    {
        CheckNames(failures, nameof(Except), Except ?? []);
        CheckNames(failures, nameof(Categories), Categories);
        CheckNames(failures, nameof(Numbers), Numbers);
        failures.Require(MissingTexts is not null && !MissingTexts.Contains(null!), "MissingTexts must not be null, nor hold null");
        foreach (string both in (Categories ?? []).Intersect(Numbers ?? []))
            failures.Require(false, $"column '{both}' is both in Categories and in Numbers");
        failures.Require(WholeNumberCategories >= 0, Invariant($"WholeNumberCategories must not be negative, got {WholeNumberCategories}"));
        failures.Require(Enum.IsDefined(MissingNumbers), $"MissingNumbers must be one of {string.Join(", ", Enum.GetNames<MissingNumbers>())}, got {MissingNumbers}");
        failures.Require(Enum.IsDefined(CategoryEncoding), $"CategoryEncoding must be one of {string.Join(", ", Enum.GetNames<CategoryEncoding>())}, got {CategoryEncoding}");
        failures.Require(MinimumCount >= 1, Invariant($"MinimumCount must be at least 1, got {MinimumCount}"));
        failures.Require(MaximumCategories is null or (>= 2 and <= CategoryCounts.Maximum),
            Invariant($"MaximumCategories must be from 2 to {CategoryCounts.Maximum}, got {MaximumCategories}"));
    }

    private static void CheckNames(OptionFailures failures, string option, IReadOnlyList<string> names)
    {
        failures.Require(names is not null && !names.Any(string.IsNullOrEmpty), $"{option} must not be null, nor hold an empty name");
        foreach (var same in (names ?? []).Where(name => name is not null).GroupBy(name => name).Where(group => group.Count() > 1))
            failures.Require(false, $"{option} names column '{same.Key}' {same.Count()} times");
    }
}
