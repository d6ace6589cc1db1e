using System.Text.Json.Serialization;

namespace MLExtensions.Transforms.Table.Archives;

/// <summary>What an archive says of a part of a column; the numbers of one stand in tensors.</summary>
/// <param name="Name">The name of its first slot.</param>
/// <param name="Source">Which part of the column's values it is.</param>
/// <param name="Missing">The training rows without a value.</param>
/// <param name="IsNumber">Whether it is a number.</param>
/// <param name="Indicator">The name of the slot that is 1 where a number is missing, or null.</param>
/// <param name="Values">The values of categories that have one, in order; null for what is no category.</param>
/// <param name="Counts">The training rows of each of those.</param>
/// <param name="Merged">The training rows of merged values; null where none were.</param>
/// <param name="MissingIsCategory">Whether a missing value is a category.</param>
internal sealed record PartDescription(
    string Name, int Source, long Missing, bool IsNumber,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Indicator = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Values = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<long>? Counts = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Merged = null,
    bool MissingIsCategory = false)
{
    public static PartDescription Of(TablePart part)
    {
        if (part is not TableCategoryPart { Categories: var categories })
            return new(part.Name, part.Source, part.Missing, part is TableNumberPart, (part as TableNumberPart)?.Indicator);

        var values = categories.Where(category => category.Kind == TableCategoryKind.Value).ToArray();
        return new(part.Name, part.Source, part.Missing, IsNumber: false,
            Values: [.. values.Select(category => category.Value)], Counts: [.. values.Select(category => category.Count)],
            Merged: categories.FirstOrDefault(category => category.Kind == TableCategoryKind.Merged)?.Count,
            MissingIsCategory: categories.Any(category => category.Kind == TableCategoryKind.Missing));
    }

    /// <summary>Makes the part again.</summary>
    /// <param name="nextNumber">Gives median and origin of the next number.</param>
    public TablePart Part(Func<(double Median, double Origin)> nextNumber)
    {
        if (IsNumber)
        {
            var (median, origin) = nextNumber();
            return new TableNumberPart(Name, Missing, median, Indicator) { Source = Source, Origin = origin };
        }
        return Values is null ? new TableEmptyPart(Name, Missing) { Source = Source } : new TableCategoryPart(Name, Missing, Categories()) { Source = Source };
    }

    /// <summary>Refuses what no fit gives.</summary>
    /// <param name="type">The type of the column.</param>
    /// <exception cref="FormatException">It is such.</exception>
    public void Check(DataViewType type)
    {
        Require(Name.Length > 0 && Indicator is not "", "has no name");
        Require(Source >= 0 && Source < CellSources.CountOf(type), Invariant($"has source {Source}, of {CellSources.CountOf(type)}"));
        Require(Missing >= 0 && Merged is null or > 0, "has a count that is none");
        Require(!IsNumber || (Values is null && type is not KeyDataViewType), "is a number with categories, or of keys");
        Require(Indicator is null || IsNumber, "has an indicator, and is no number");
        if (Values is null)
        {
            Require(Counts is null && Merged is null && !MissingIsCategory, "has counts of categories, and no categories");
            return;
        }
        Require(type is not VectorDataViewType, "is a category, and the column a vector");
        Require(Values.Count == Counts?.Count && Counts.All(count => count > 0), "does not tell how many rows its categories had");
        Require(Values.All(value => value is { Length: > 0 }) && Values.Distinct().Count() == Values.Count, "has a value without text, or one twice");
        Require(Values.Count is > 0 and <= CategoryCounts.Maximum || Merged is not null, "has no categories, or too many");
    }

    private TableCategory[] Categories()
    {
        var values = Values!.Zip(Counts!, (value, count) => new TableCategory(value, count));
        TableCategory[] merged = Merged is { } count ? [new(TableCategory.MergedText, count, TableCategoryKind.Merged)] : [];
        TableCategory[] missing = MissingIsCategory ? [new(TableCategory.MissingText, Missing, TableCategoryKind.Missing)] : [];
        return [.. values, .. merged, .. missing];
    }

    private void Require(bool holds, string failure)
    {
        if (!holds)
            throw new FormatException($"part '{Name}' {failure}");
    }
}
