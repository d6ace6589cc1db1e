using SchemaShapeColumn = Microsoft.ML.SchemaShape.Column;

namespace MLExtensions.Transforms.Columns;

/// <summary>The types of columns that scalers accept.</summary>
internal static class ScalableTypes
{
    /// <summary>The accepted types in words.</summary>
    public const string Expected = "Single, Double, or a vector of known size of either";

    /// <summary>The vectors among the accepted types, in words.</summary>
    public const string ExpectedVector = "a vector of known size of Single or Double";

    public static bool Accepts(DataViewType type) =>
        type is VectorDataViewType vector ? vector.IsKnownSize && IsNumber(vector.ItemType) : IsNumber(type);

    public static bool Accepts(SchemaShapeColumn column) =>
        column.Kind != SchemaShapeColumn.VectorKind.VariableVector && !column.IsKey && IsNumber(column.ItemType);

    public static bool AcceptsVector(DataViewType type) => type is VectorDataViewType && Accepts(type);

    public static bool AcceptsVector(SchemaShapeColumn column) => column.Kind == SchemaShapeColumn.VectorKind.Vector && Accepts(column);

    /// <summary>Refuses a column that has indices of categories among its slots: scaled, they would be none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has.</exception>
    public static DataViewSchema.Column RequireNumbers(DataViewSchema.Column column)
    {
        int slot = Array.FindIndex(CategoryCounts.Of(column, "input") ?? [], count => count > 0);
        return slot < 0 ? column : throw SchemaChecks.Mismatch("input", column.Name, "numbers",
            $"the index of a category in slot {slot}. Scale the numbers before categories are put beside them");
    }

    /// <summary>Whether two accepted types have the same numbers: the dimensions of a vector may be arranged otherwise.</summary>
    public static bool AreAlike(DataViewType one, DataViewType other) =>
        one.RawType == other.RawType && Accepts(other) && SlotsOf(one) == SlotsOf(other);

    /// <summary>The number of slots; 1 for a scalar.</summary>
    public static int SlotsOf(DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;

    /// <summary>The type with another number of slots; where the number is the same, the type itself.</summary>
    public static DataViewType Resized(DataViewType type, int slots) =>
        SlotsOf(type) == slots ? type : new VectorDataViewType((PrimitiveDataViewType)((VectorDataViewType)type).ItemType, slots);

    /// <summary>Whether the items of a column, or its numbers, are of an accepted type.</summary>
    public static bool IsNumber(DataViewType type) => type == NumberDataViewType.Single || type == NumberDataViewType.Double;
}
