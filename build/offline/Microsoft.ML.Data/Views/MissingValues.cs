using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

internal static class MissingValues
{
    /// <summary>A test whether the value of the current row, or any item of it, is missing.</summary>
    public static Func<bool> MakeTest(DataViewRow row, DataViewSchema.Column column)
        => GenericCall.Invoke<Func<bool>>(
            column.Type is VectorDataViewType ? MakeVectorTest<int> : MakeScalarTest<int>,
            [column.Type.GetItemType().RawType],
            row,
            column);

    private static Func<bool> MakeScalarTest<TValue>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<TValue> getter = row.GetGetter<TValue>(column);
        var type = (PrimitiveDataViewType)column.Type;
        TValue value = default;
        return () =>
        {
            getter(ref value);
            return value is not ReadOnlyMemory<char> && ValueComparer<TValue>.IsMissing(value, type);
        };
    }

    private static Func<bool> MakeVectorTest<TValue>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<TValue>> getter = row.GetGetter<VBuffer<TValue>>(column);
        var type = (PrimitiveDataViewType)column.Type.GetItemType();
        VBuffer<TValue> values = default;
        return () =>
        {
            getter(ref values);
            return values.Items().Any(item => ValueComparer<TValue>.IsMissing(item.Value, type));
        };
    }
}
