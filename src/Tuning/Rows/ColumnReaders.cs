using System.Reflection;
using System.Runtime.InteropServices;

namespace MLExtensions.Tuning.Rows;

/// <summary>Reads values of any type of column as something that can be compared, or hashed.</summary>
internal static class ColumnReaders
{
    private static readonly MethodInfo s_key = typeof(ColumnReaders).GetMethod(nameof(KeyOf), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo s_hash = typeof(ColumnReaders).GetMethod(nameof(HashOf), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo s_hashVector = typeof(ColumnReaders).GetMethod(nameof(HashOfVector), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Reads a column of single values: equal ones give equal objects.</summary>
    public static Func<object> Keys(DataViewRow row, DataViewSchema.Column column) => (Func<object>)Make(s_key, column.Type.RawType, row, column);

    /// <summary>Reads a hash of each value, the same in every process; null for types that have none, such as images.</summary>
    public static Func<ulong>? Hashes(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType vector when IsKnown(vector.ItemType.RawType) => (Func<ulong>)Make(s_hashVector, vector.ItemType.RawType, row, column),
        PrimitiveDataViewType primitive when IsKnown(primitive.RawType) => (Func<ulong>)Make(s_hash, primitive.RawType, row, column),
        _ => null,
    };

    /// <summary>Mixes a value into a hash.</summary>
    public static ulong Mix(ulong hash, ulong value)
    {
        hash ^= value;
        hash *= 0x9E3779B97F4A7C15UL;
        return hash ^ (hash >> 32);
    }

    private static bool IsKnown(Type type) => type == typeof(ReadOnlyMemory<char>) || type.IsPrimitive || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan);

    private static object Make(MethodInfo method, Type type, DataViewRow row, DataViewSchema.Column column) => method.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column], null)!;

    private static Func<object> KeyOf<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return value is ReadOnlyMemory<char> text ? text.ToString() : value!;
        };
    }

    private static Func<ulong> HashOf<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return Hash([value]);
        };
    }

    private static Func<ulong> HashOfVector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            ulong hash = (ulong)value.Length;
            if (!value.IsDense)
                hash = MixBytes(hash, MemoryMarshal.AsBytes(value.GetIndices()));
            return Mix(hash, Hash(value.GetValues()));
        };
    }

    private static ulong Hash<T>(ReadOnlySpan<T> values)
    {
        ulong hash = 0;
        foreach (T value in values)
        {
            hash = value switch
            {
                ReadOnlyMemory<char> text => MixBytes(Mix(hash, (ulong)text.Length), MemoryMarshal.AsBytes(text.Span)),
                float number => Mix(hash, BitConverter.SingleToUInt32Bits(number)),
                double number => Mix(hash, BitConverter.DoubleToUInt64Bits(number)),
                bool truth => Mix(hash, truth ? 1UL : 0),
                DateTime time => Mix(hash, (ulong)time.Ticks),
                DateTimeOffset time => Mix(Mix(hash, (ulong)time.Ticks), (ulong)time.Offset.Ticks),
                TimeSpan span => Mix(hash, (ulong)span.Ticks),
                IConvertible number => Mix(hash, value is ulong large ? large : unchecked((ulong)number.ToInt64(System.Globalization.CultureInfo.InvariantCulture))),
                _ => hash,
            };
        }
        return hash;
    }

    private static ulong MixBytes(ulong hash, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
            hash = Mix(hash, MemoryMarshal.Read<ulong>(bytes));
        foreach (byte b in bytes)
            hash = Mix(hash, b);
        return hash;
    }
}
