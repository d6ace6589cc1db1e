using System.Text.Json.Serialization;
using MLExtensions.Archives;

namespace MLExtensions.Networks.SavedModels;

/// <summary>What an archive says of an encoder of tables, beside its tensors.</summary>
/// <param name="OutputColumnName">The name of the vector that it makes.</param>
/// <param name="Options">How it encodes.</param>
/// <param name="Columns">The columns, in the order of their slots.</param>
internal sealed record SavedTable(string OutputColumnName, SavedTableOptions Options, IReadOnlyList<SavedTableColumn> Columns)
{
    /// <summary>The parts that are numbers.</summary>
    [JsonIgnore]
    public int NumberCount => Columns.Sum(column => column.Parts.Count(part => part.IsNumber));

    /// <summary>The bytes that tensors take at most: median and origin of each number, and a hash for each slot of a vector.</summary>
    [JsonIgnore]
    public long ValueBytes => checked(2L * sizeof(double) * NumberCount + sizeof(float) * Columns.Sum(column => (long)(column.Type.VectorSize ?? 0)));

    /// <summary>Refuses what no fit gives.</summary>
    /// <exception cref="FormatException">It is such.</exception>
    /// <exception cref="NotSupportedException">A column is of a type that is not read here.</exception>
    public void Check()
    {
        if (OutputColumnName.Length == 0 || Columns.Count == 0 || Columns.Contains(null!) || Columns.Select(column => column.Name).Distinct().Count() != Columns.Count)
            throw new FormatException("it has no output column, no input columns, or one twice");
        foreach (var column in Columns)
            column.Check();
    }
}

/// <summary>What of a table's options its slots depend on.</summary>
/// <param name="MissingTexts">The texts that stand for no value.</param>
/// <param name="MissingNumbers">What stands in the slot of a missing number.</param>
/// <param name="CategoryEncoding">How categories become slots.</param>
internal sealed record SavedTableOptions(IReadOnlyList<string>? MissingTexts = null, SavedMissingNumbers MissingNumbers = SavedMissingNumbers.Median,
    SavedCategoryEncoding CategoryEncoding = SavedCategoryEncoding.Index);

/// <summary>What stands in the slot of a missing number.</summary>
internal enum SavedMissingNumbers
{
    /// <summary>The median of the training rows.</summary>
    Median,

    /// <summary>NaN.</summary>
    Keep,
}

/// <summary>How categories become slots.</summary>
internal enum SavedCategoryEncoding
{
    /// <summary>One slot with the index.</summary>
    Index,

    /// <summary>A slot for each, one of which is 1.</summary>
    OneHot,
}

/// <summary>A column of a table.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type.</param>
/// <param name="Parts">Its parts, in the order of their slots.</param>
/// <param name="HasKeyValues">Whether the values of a key have names.</param>
/// <param name="SlotNames">The names of the slots of a vector.</param>
internal sealed record SavedTableColumn(string Name, SavedColumnType Type, IReadOnlyList<SavedTablePart> Parts, bool HasKeyValues = false, SlotNamesDescription? SlotNames = null)
{
    /// <summary>Refuses what no fit gives, and what is not read here.</summary>
    public void Check()
    {
        if (Name.Length == 0 || Parts.Count == 0 || Parts.Contains(null!) || Type.VectorSize is < 1 || Type.VectorSize is { } size && size != Parts.Count)
            throw new FormatException(Invariant($"column '{Name}' of {Parts.Count} parts is impossible"));
        if (TableCell.Of(this, []) is null)
            throw new NotSupportedException($"its column '{Name}' is of type {Type.Item}, which is not read without ML.NET: load the model with ML.NET, or encode points and spans of time as numbers of your own");
        foreach (var part in Parts)
            part.Check(Type.VectorSize ?? 1);
    }
}

/// <summary>The type of a column.</summary>
/// <param name="Item">The name of the type of a value.</param>
/// <param name="VectorSize">The size of a vector, or null.</param>
/// <param name="KeyCount">The number of values of a key, or null.</param>
internal sealed record SavedColumnType(string Item, int? VectorSize = null, ulong? KeyCount = null);

/// <summary>A part of a column: a number, categories, or nothing.</summary>
/// <param name="Name">The name of its first slot.</param>
/// <param name="Source">Which part of the column's values it is.</param>
/// <param name="IsNumber">Whether it is a number.</param>
/// <param name="Indicator">The name of the slot that is 1 where a number is missing, or null.</param>
/// <param name="Values">The values of categories; null for what is no category.</param>
/// <param name="Merged">The training rows of merged values; null where none were.</param>
/// <param name="MissingIsCategory">Whether a missing value is a category.</param>
internal sealed record SavedTablePart(string Name, int Source, bool IsNumber, string? Indicator = null, IReadOnlyList<string>? Values = null, long? Merged = null, bool MissingIsCategory = false)
{
    /// <summary>The number of categories.</summary>
    [JsonIgnore]
    public int CategoryCount => Values!.Count + (Merged is null ? 0 : 1) + (MissingIsCategory ? 1 : 0);

    /// <summary>The number of slots.</summary>
    public int SlotCount(SavedCategoryEncoding encoding) => IsNumber ? Indicator is null ? 1 : 2
        : Values is not null && encoding == SavedCategoryEncoding.OneHot ? CategoryCount : 1;

    /// <summary>Refuses what no fit gives.</summary>
    public void Check(int sources)
    {
        if (Source < 0 || Source >= sources || IsNumber && Values is not null || Indicator is not null && !IsNumber || !IsNumber && Values is null && (Merged is not null || MissingIsCategory)
            || Values is not null && (Values.Contains(null!) || Values.Distinct().Count() != Values.Count || CategoryCount == 0))
            throw new FormatException($"part '{Name}' of a column is impossible");
    }
}
