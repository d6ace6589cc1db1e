using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Reads the labels of a classifier as numbers.</summary>
internal static class LabelReader
{
    /// <summary>True as 1 and false as 0; numbers as they are; keys by their zero-based index, with NaN for the missing key.</summary>
    public static Func<double> Make(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is BooleanDataViewType)
        {
            ValueGetter<bool> getter = row.GetGetter<bool>(column);
            bool label = false;
            return () =>
            {
                getter(ref label);
                return label ? 1 : 0;
            };
        }
        return GenericCall.Invoke<Func<double>>(MakeForNumbers<int>, [column.Type.RawType], row, column);
    }

    private static Func<double> MakeForNumbers<TValue>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<TValue> getter = row.GetGetter<TValue>(column);
        bool isKey = column.Type is KeyDataViewType;
        TValue value = default;
        return () =>
        {
            getter(ref value);
            double label = Convert.ToDouble(value, CultureInfo.InvariantCulture);
            return !isKey ? label : label == 0 ? double.NaN : label - 1;
        };
    }
}
