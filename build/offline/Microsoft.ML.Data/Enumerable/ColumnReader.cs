namespace Microsoft.ML.Data;

/// <summary>Reads a column as a type of the caller's choice: the raw type, strings for text, arrays for vectors.</summary>
internal static class ColumnReader
{
    public static bool CanRead(DataViewType from, Type to)
    {
        Type item = from.GetItemType().RawType;
        return to == from.RawType
            || (from is VectorDataViewType
                ? to.IsArray && (to.GetElementType() == item || (to == typeof(string[]) && item == typeof(ReadOnlyMemory<char>)))
                : to == typeof(string) && item == typeof(ReadOnlyMemory<char>));
    }

    /// <summary>A reader that shares no arrays between its results.</summary>
    public static Func<T> Make<T>(DataViewRow row, DataViewSchema.Column column)
    {
        Func<T, T> read = MakeReusing<T>(row, column);
        return () => read(default);
    }

    /// <summary>A reader that is handed a value of which it may use the arrays again.</summary>
    public static Func<T, T> MakeReusing<T>(DataViewRow row, DataViewSchema.Column column)
    {
        if (typeof(T) == column.Type.RawType)
            return ReadRaw<T>(row, column);
        if (typeof(T) == typeof(string))
            return (Func<T, T>)(object)ReadString(row, column);
        if (typeof(T) == typeof(string[]))
            return (Func<T, T>)(object)ReadStrings(row, column);
        return GenericCall.Invoke<Func<T, T>>(ReadArray<int>, [typeof(T).GetElementType()], row, column);
    }

    private static Func<T, T> ReadRaw<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return value =>
        {
            getter(ref value);
            return value;
        };
    }

    private static Func<string, string> ReadString(DataViewRow row, DataViewSchema.Column column)
    {
        Func<ReadOnlyMemory<char>> read = Make<ReadOnlyMemory<char>>(row, column);
        return _ => read().ToString();
    }

    private static Func<string[], string[]> ReadStrings(DataViewRow row, DataViewSchema.Column column)
    {
        Func<VBuffer<ReadOnlyMemory<char>>> read = Make<VBuffer<ReadOnlyMemory<char>>>(row, column);
        return old =>
        {
            string[] texts = read().DenseValues().Select(text => text.ToString()).ToArray();
            if (old?.Length != texts.Length)
                return texts;
            texts.CopyTo(old, 0);
            return old;
        };
    }

    private static Func<TItem[], TItem[]> ReadArray<TItem>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<TItem>> getter = row.GetGetter<VBuffer<TItem>>(column);
        VBuffer<TItem> buffer = default;
        return old =>
        {
            getter(ref buffer);
            TItem[] items = old?.Length == buffer.Length ? old : new TItem[buffer.Length];
            buffer.CopyTo(items);
            return items;
        };
    }
}
