namespace MLExtensions.Transforms;

/// <summary>What <see cref="TableEncodingEstimator"/> made of a column.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type, which the column must have wherever it is encoded.</param>
/// <param name="Kind">What it was taken for.</param>
/// <param name="Parts">Its parts, in the order of their slots: one, but for vectors and times.</param>
public sealed record TableColumn(string Name, DataViewType Type, TableColumnKind Kind, IReadOnlyList<TablePart> Parts)
{
    /// <summary>The first of its slots.</summary>
    public int FirstSlot => Parts[0].FirstSlot;

    /// <summary>The number of its slots, which stand together.</summary>
    public int SlotCount => Parts.Sum(part => part.SlotCount);

    /// <summary>The number of training rows that miss it, or some of it.</summary>
    public long Missing => Parts.Max(part => part.Missing);

    /// <summary>The median of a single number; null for anything else.</summary>
    public double? Median => Parts is [TableNumberPart number] ? number.Median : null;

    /// <summary>The categories of a single one; none for anything else.</summary>
    public IReadOnlyList<TableCategory> Categories => Parts is [TableCategoryPart part] ? part.Categories : [];

    /// <summary>Whether the values of a key have names, by which they are known; else they are known by their numbers.</summary>
    internal bool HasKeyValues { get; init; }

    /// <summary>The names of the slots of a vector; null where they have none.</summary>
    internal SlotNames? Names { get; init; }
}
