using System.Text.Json.Serialization;

namespace MLExtensions.Transforms.Table.Archives;

/// <summary>What an archive says of the type of a column.</summary>
/// <param name="Item">The name of the type of a value; of a key that of its numbers.</param>
/// <param name="VectorSize">The size of a vector, or null.</param>
/// <param name="KeyCount">The number of values of a key, or null.</param>
internal sealed record TypeDescription(
    string Item,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? VectorSize = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ulong? KeyCount = null)
{
    private static readonly PrimitiveDataViewType[] s_types =
    [
        TextDataViewType.Instance, BooleanDataViewType.Instance, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance,
        NumberDataViewType.Single, NumberDataViewType.Double, NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
    ];

    public static TypeDescription Of(DataViewType type) => type switch
    {
        VectorDataViewType vector => new(vector.ItemType.ToString()!, VectorSize: vector.Size),
        KeyDataViewType key => new(Array.Find(s_types, item => item.RawType == key.RawType)!.ToString()!, KeyCount: key.Count),
        _ => new(type.ToString()!),
    };

    /// <exception cref="FormatException">It describes no type that can be encoded.</exception>
    public DataViewType Type()
    {
        var item = Array.Find(s_types, type => type.ToString() == Item);
        DataViewType? type = (item, VectorSize, KeyCount) switch
        {
            (null, _, _) => null,
            (_, null, null) => item,
            (_, > 0 and var size, null) => new VectorDataViewType(item, size),
            (_, null, > 0 and var count) when KeyDataViewType.IsValidDataType(item.RawType) => new KeyDataViewType(item.RawType, count),
            _ => null,
        };
        return type is not null && TableTypes.Accepts(type, ColumnWish.None) ? type
            : throw new FormatException(Invariant($"it gives a column the type {Item}, vector size {VectorSize}, key count {KeyCount}"));
    }
}
