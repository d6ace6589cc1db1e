using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline;

/// <summary>Makes the columns of a <see cref="SchemaShape"/>, whose constructor ML.NET keeps to itself.</summary>
public static class ShapeColumns
{
    /// <summary>A column with one value per row.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="type">The type of the value.</param>
    /// <param name="annotations">The annotations that the column will carry.</param>
    public static SchemaShape.Column Scalar(string name, DataViewType type, params SchemaShape.Column[] annotations) =>
        New(name, SchemaShape.Column.VectorKind.Scalar, type, false, new SchemaShape(annotations));

    /// <summary>A column with a vector of known size per row.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="itemType">The type of an item.</param>
    /// <param name="annotations">The annotations that the column will carry.</param>
    public static SchemaShape.Column Vector(string name, DataViewType itemType, params SchemaShape.Column[] annotations) =>
        New(name, SchemaShape.Column.VectorKind.Vector, itemType, false, new SchemaShape(annotations));

    /// <summary>A key column, one key per row.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="annotations">The annotations that the column will carry.</param>
    public static SchemaShape.Column Key(string name, params SchemaShape.Column[] annotations) =>
        New(name, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true, new SchemaShape(annotations));

    /// <summary>The same column under another name and with other annotations.</summary>
    /// <param name="column">The column to copy.</param>
    /// <param name="name">The name of the copy.</param>
    /// <param name="annotations">The annotations of the copy.</param>
    public static SchemaShape.Column Copy(SchemaShape.Column column, string name, params SchemaShape.Column[] annotations) =>
        New(name, column.Kind, column.ItemType, column.IsKey, new SchemaShape(annotations));

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SchemaShape.Column New(string name, SchemaShape.Column.VectorKind vecKind, DataViewType itemType,
        bool isKey, SchemaShape annotations);
}
