using SchemaShapeColumn = Microsoft.ML.SchemaShape.Column;

namespace MLExtensions.Transforms.Table.Cells;

/// <summary>What a column is asked to be taken for.</summary>
internal enum ColumnWish
{
    /// <summary>Whatever its type and values suggest.</summary>
    None,

    /// <summary>Categories.</summary>
    Category,

    /// <summary>Numbers.</summary>
    Number,
}

/// <summary>The types of columns that can be encoded.</summary>
internal static class TableTypes
{
    /// <summary>The types of columns to be taken for something, in words.</summary>
    public static string Expected(ColumnWish wish) => wish switch
    {
        ColumnWish.Category => "text, Boolean, a key, a number or a time",
        ColumnWish.Number => "text, Boolean, a number, a time, or a vector of known size of Single or Double",
        _ => "text, Boolean, a key, a number, a time, or a vector of known size of Single or Double",
    };

    public static bool Accepts(DataViewType type, ColumnWish wish) => type is VectorDataViewType
        ? wish != ColumnWish.Category && ScalableTypes.Accepts(type)
        : type is KeyDataViewType ? wish != ColumnWish.Number : IsItem(type);

    public static bool Accepts(SchemaShapeColumn column, ColumnWish wish) => column.Kind == SchemaShapeColumn.VectorKind.Scalar
        ? column.IsKey ? wish != ColumnWish.Number : IsItem(column.ItemType)
        : wish != ColumnWish.Category && ScalableTypes.Accepts(column);

    /// <summary>What to do about a column of another type.</summary>
    public static string? Advise(ColumnType type) => type switch
    {
        { IsVector: true, IsKnownSize: false } => "Give vectors a known size, in a class by [VectorType(n)], or leave the column out.",
        { IsVector: true, IsText: true } => "Load categories as a column each; text of several words is for ml.Transforms.Text.FeaturizeText, whose result can be named here; or leave the column out.",
        { IsVector: true, IsNumber: true } => "Convert it by ml.Transforms.Conversion.ConvertType, or leave it out.",
        { IsVector: true } => "Make numbers of it first, as ml.Transforms.Categorical.OneHotEncoding does, or leave it out.",
        { IsKey: true } => "A key is a category: take it out of Numbers.",
        _ => "Leave it out: name the columns to encode, or it in Except.",
    };

    /// <summary>Refuses a vector that holds indices of categories already.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does.</exception>
    public static DataViewSchema.Column RequireNumbers(DataViewSchema.Column column)
    {
        int slot = Array.FindIndex(CategoryCounts.Of(column, "input") ?? [], count => count > 0);
        return slot < 0 ? column : throw SchemaChecks.Mismatch("input", column.Name, "numbers",
            Invariant($"the index of a category in slot {slot}"), "Name the columns that it was made of instead.");
    }

    /// <summary>Whether a column can stand for one that was fitted to.</summary>
    public static bool AreAlike(DataViewType one, DataViewType other) => (one, other) switch
    {
        (VectorDataViewType, VectorDataViewType) => ScalableTypes.AreAlike(one, other),
        (KeyDataViewType, KeyDataViewType) => one.RawType == other.RawType,
        _ => one.Equals(other),
    };

    /// <summary>Whether a type holds whole numbers only.</summary>
    public static bool IsWhole(DataViewType type) => type is NumberDataViewType && !ScalableTypes.Accepts(type);

    private static bool IsItem(DataViewType type) => type is TextDataViewType or BooleanDataViewType or NumberDataViewType || CellSources.IsTime(type);
}
