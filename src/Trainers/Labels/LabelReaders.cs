using System.Numerics;

namespace MLExtensions.Trainers.Labels;

/// <summary>Readers of labels by the type of their column.</summary>
internal static class LabelReaders
{
    /// <summary>True is 1, false is 0.</summary>
    public static LabelReader Boolean(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<bool>(column);
        bool value = false;
        return destination =>
        {
            getter(ref value);
            destination[0] = value ? 1 : 0;
        };
    }

    /// <summary>A vector of known size; true is 1, false is 0.</summary>
    public static LabelReader Booleans(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<bool>>(column);
        VBuffer<bool> value = default;
        return destination =>
        {
            getter(ref value);
            VectorChecks.RequireSlots(value, destination.Length, column, row.Position);
            destination.Clear();
            foreach (var item in value.Items())
                destination[item.Key] = item.Value ? 1 : 0;
        };
    }

    /// <summary>One number or Boolean of a row, or all of a vector of known size.</summary>
    public static LabelReader Numbers(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType { ItemType: BooleanDataViewType } => Booleans(row, column),
        VectorDataViewType => Vector(row, column),
        _ => Number(row, column),
    };

    /// <summary>Whether a column holds a number or a Boolean per row.</summary>
    public static bool IsNumber(DataViewType type) => type is NumberDataViewType or BooleanDataViewType;

    /// <summary>Whether a column of a shape holds a number or a Boolean per row.</summary>
    public static bool IsNumber(SchemaShape.Column column) =>
        column is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: false } && IsNumber(column.ItemType);

    /// <summary>The number itself, rounded to <c>Single</c>; true is 1, false is 0.</summary>
    public static LabelReader Number(DataViewRow row, DataViewSchema.Column column) =>
        Type.GetTypeCode(column.Type.RawType) switch
        {
            TypeCode.Boolean => Boolean(row, column),
            TypeCode.Single => Number<float>(row, column),
            TypeCode.Double => Number<double>(row, column),
            TypeCode.SByte => Number<sbyte>(row, column),
            TypeCode.Byte => Number<byte>(row, column),
            TypeCode.Int16 => Number<short>(row, column),
            TypeCode.UInt16 => Number<ushort>(row, column),
            TypeCode.Int32 => Number<int>(row, column),
            TypeCode.UInt32 => Number<uint>(row, column),
            TypeCode.Int64 => Number<long>(row, column),
            _ => Number<ulong>(row, column),
        };

    /// <summary>All numbers of a vector of known size.</summary>
    public static LabelReader Vector(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<float>>(column);
        VBuffer<float> value = default;
        return destination =>
        {
            getter(ref value);
            RowChecks.CopyTo(value, destination, column, row);
        };
    }

    /// <summary>The index of the key, counted from 0; NaN for a missing key.</summary>
    public static LabelReader Key(DataViewRow row, DataViewSchema.Column column) =>
        Type.GetTypeCode(column.Type.RawType) switch
        {
            TypeCode.Byte => Key<byte>(row, column),
            TypeCode.UInt16 => Key<ushort>(row, column),
            TypeCode.UInt32 => Key<uint>(row, column),
            _ => Key<ulong>(row, column),
        };

    private static LabelReader Number<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, INumber<T>
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return destination =>
        {
            getter(ref value);
            destination[0] = float.CreateTruncating(value);
        };
    }

    private static LabelReader Key<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, IBinaryInteger<T>
    {
        var getter = row.GetGetter<T>(column);
        ulong count = ((KeyDataViewType)column.Type).Count;
        T value = default;
        return destination =>
        {
            getter(ref value);
            ulong key = ulong.CreateTruncating(value);
            destination[0] = key >= 1 && key <= count ? key - 1 : float.NaN;
        };
    }
}
