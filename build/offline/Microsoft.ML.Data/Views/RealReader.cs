using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Reads a scalar column of any numeric type as a double.</summary>
internal static class RealReader
{
    public static Func<double> Make(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not NumberDataViewType)
            throw Contracts.ExceptSchemaMismatch("inputSchema", "input", column.Name, "a number", column.Type.ToString());
        return GenericCall.Invoke<Func<double>>(MakeTyped<int>, [column.Type.RawType], row, column);
    }

    private static Func<double> MakeTyped<TValue>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<TValue> getter = row.GetGetter<TValue>(column);
        TValue value = default;
        return () =>
        {
            getter(ref value);
            return Convert.ToDouble(value, CultureInfo.InvariantCulture);
        };
    }
}
