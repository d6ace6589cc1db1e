using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline;

/// <summary>The type of a column as shapes and schemas both tell it, for advice in messages.</summary>
/// <param name="ItemType">The type of an item; of keys that of their numbers.</param>
/// <param name="IsKey">Whether items are keys.</param>
/// <param name="IsVector">Whether a row has several.</param>
/// <param name="IsKnownSize">Whether each row has as many.</param>
public readonly record struct ColumnType(DataViewType ItemType, bool IsKey, bool IsVector, bool IsKnownSize)
{
    /// <summary>Whether items are numbers.</summary>
    public bool IsNumber => !IsKey && ItemType is NumberDataViewType;

    /// <summary>Whether items are text.</summary>
    public bool IsText => ItemType is TextDataViewType;

    /// <summary>The type of a column of a shape.</summary>
    /// <param name="column">The column.</param>
    public static ColumnType Of(SchemaShape.Column column) => new(column.ItemType, column.IsKey,
        column.Kind != SchemaShape.Column.VectorKind.Scalar, column.Kind != SchemaShape.Column.VectorKind.VariableVector);

    /// <summary>The type of a column of a schema.</summary>
    /// <param name="type">The type.</param>
    public static ColumnType Of(DataViewType type)
    {
        var item = (type as VectorDataViewType)?.ItemType ?? type;
        return new(item, item is KeyDataViewType, type is VectorDataViewType, type is not VectorDataViewType { IsKnownSize: false });
    }
}
