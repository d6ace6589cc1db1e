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

    /// <summary>The number itself.</summary>
    public static LabelReader Single(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<float>(column);
        float value = 0;
        return destination =>
        {
            getter(ref value);
            destination[0] = value;
        };
    }

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
