namespace Microsoft.ML.Data;

/// <summary>Reads a column as a type of the caller's choice: the raw type, strings for text, arrays for vectors.</summary>
internal static class ColumnReader
{
    /// <summary>Null where the column cannot be read as <typeparamref name="T"/>.</summary>
    public static Func<T> MakeOrNull<T>(DataViewRow row, DataViewSchema.Column column)
    {
        Type raw = column.Type.RawType;
        if (typeof(T) == raw)
            return Read<T>(row, column);
        if (typeof(T) == typeof(string) && raw == typeof(ReadOnlyMemory<char>))
            return (Func<T>)(object)ReadString(row, column);
        if (typeof(T) == typeof(string[]) && raw == typeof(VBuffer<ReadOnlyMemory<char>>))
            return (Func<T>)(object)ReadStrings(row, column);
        if (typeof(T).IsArray && raw == typeof(VBuffer<>).MakeGenericType(typeof(T).GetElementType()))
            return GenericCall.Invoke<Func<T>>(ReadArray<int>, [typeof(T).GetElementType()], row, column);
        return null;
    }

    public static bool CanRead(DataViewType from, Type to)
    {
        Type item = from.GetItemType().RawType;
        return to == from.RawType
            || (from is VectorDataViewType
                ? to.IsArray && (to.GetElementType() == item || (to == typeof(string[]) && item == typeof(ReadOnlyMemory<char>)))
                : to == typeof(string) && item == typeof(ReadOnlyMemory<char>));
    }

    /// <summary>Starts from an empty value each time, so that no two results share arrays.</summary>
    private static Func<T> Read<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default;
            getter(ref value);
            return value;
        };
    }

    private static Func<string> ReadString(DataViewRow row, DataViewSchema.Column column)
    {
        Func<ReadOnlyMemory<char>> read = Read<ReadOnlyMemory<char>>(row, column);
        return () => read().ToString();
    }

    private static Func<string[]> ReadStrings(DataViewRow row, DataViewSchema.Column column)
    {
        Func<VBuffer<ReadOnlyMemory<char>>> read = Read<VBuffer<ReadOnlyMemory<char>>>(row, column);
        return () => read().DenseValues().Select(text => text.ToString()).ToArray();
    }

    private static Func<TItem[]> ReadArray<TItem>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<TItem>> getter = row.GetGetter<VBuffer<TItem>>(column);
        VBuffer<TItem> buffer = default;
        return () =>
        {
            getter(ref buffer);
            var items = new TItem[buffer.Length];
            buffer.CopyTo(items);
            return items;
        };
    }
}
