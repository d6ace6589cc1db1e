using Microsoft.ML;
using Microsoft.ML.Data;

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
            value.CopyTo(destination);
        };
    }

    /// <summary>The index of the key, counted from 0; NaN for a missing key.</summary>
    public static LabelReader Key(DataViewRow row, DataViewSchema.Column column) =>
        Type.GetTypeCode(column.Type.RawType) switch
        {
            TypeCode.Byte => Key<byte>(row, column, value => value),
            TypeCode.UInt16 => Key<ushort>(row, column, value => value),
            TypeCode.UInt32 => Key<uint>(row, column, value => value),
            _ => Key<ulong>(row, column, value => value),
        };

    private static LabelReader Key<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> widen)
        where T : struct
    {
        var getter = row.GetGetter<T>(column);
        ulong count = ((KeyDataViewType)column.Type).Count;
        T value = default;
        return destination =>
        {
            getter(ref value);
            ulong key = widen(value);
            destination[0] = key >= 1 && key <= count ? key - 1 : float.NaN;
        };
    }
}
