namespace MLExtensions.Transforms;

/// <summary>
/// What stands together in the slots of an encoded table: a column or, of vectors and times, a part of one. It is a
/// <see cref="TableNumberPart"/>, a <see cref="TableCategoryPart"/> or a <see cref="TableEmptyPart"/>.
/// </summary>
/// <param name="Name">The name of its first slot: that of the column, for parts followed by a point and theirs, such as <c>Ordered.Month</c>.</param>
/// <param name="Missing">The number of training rows without a value.</param>
public abstract record TablePart(string Name, long Missing)
{
    /// <summary>The first of its slots.</summary>
    public int FirstSlot { get; internal init; }

    /// <summary>The number of its slots, which stand together.</summary>
    public int SlotCount { get; internal init; }

    /// <summary>Which part of the column's values it is, counted from 0.</summary>
    internal int Source { get; init; }

    /// <summary>How many slots it takes.</summary>
    internal abstract int CountSlots(CategoryEncoding encoding);
}

/// <summary>A number.</summary>
/// <param name="Name">The name of its slot.</param>
/// <param name="Missing">The number of training rows without it.</param>
/// <param name="Median">The median of those with it, less <see cref="Origin"/>; it stands for missing ones if asked for.</param>
/// <param name="Indicator">The name of the slot after it, which is 1 where the number is missing; null where there is none.</param>
public sealed record TableNumberPart(string Name, long Missing, double Median, string? Indicator) : TablePart(Name, Missing)
{
    /// <summary>What is subtracted: of the total of a time its least value, so that <c>Single</c> holds the rest exactly enough; else 0.</summary>
    public double Origin { get; init; }

    internal override int CountSlots(CategoryEncoding encoding) => Indicator is null ? 1 : 2;
}

/// <summary>One of several categories.</summary>
/// <param name="Name">The name of its slot.</param>
/// <param name="Missing">The number of training rows without a value.</param>
/// <param name="Categories">The categories in the order of their indices: values ascending, then merged ones, then missing ones.</param>
public sealed record TableCategoryPart(string Name, long Missing, IReadOnlyList<TableCategory> Categories) : TablePart(Name, Missing)
{
    internal override int CountSlots(CategoryEncoding encoding) => encoding == CategoryEncoding.Index ? 1 : Categories.Count;
}

/// <summary>What no training row has: its slot is 0 always.</summary>
/// <param name="Name">The name of its slot.</param>
/// <param name="Missing">The number of training rows.</param>
public sealed record TableEmptyPart(string Name, long Missing) : TablePart(Name, Missing)
{
    internal override int CountSlots(CategoryEncoding encoding) => 1;
}
