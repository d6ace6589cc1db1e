using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A column of a text file: which fields it takes, and how they are read.</summary>
internal sealed class TextColumn
{
    private readonly int[] _fields;

    /// <param name="column">As the user gave it.</param>
    /// <param name="fieldCount">How many fields a line has, for ranges with an open end; null if not known.</param>
    public TextColumn(TextLoader.Column column, int? fieldCount)
    {
        Contracts.CheckNonEmpty(column.Name, nameof(column.Name));
        Name = column.Name;
        _fields = column.Source.SelectMany(range => Expand(range, fieldCount)).ToArray();
        PrimitiveDataViewType item = column.DataKind.ToDataViewType();
        if (column.KeyCount != null)
            item = new KeyDataViewType(item.RawType, column.KeyCount.Count ?? ulong.MaxValue);
        bool isScalar = _fields.Length == 1 && !column.Source[0].ForceVector;
        Type = isScalar ? item : new VectorDataViewType(item, _fields.Length);
    }

    public string Name { get; }

    public DataViewType Type { get; }

    public DataViewSchema.Annotations MakeAnnotations(string[] header)
    {
        if (header == null || Type is not VectorDataViewType)
            return null;
        ReadOnlyMemory<char>[] names = _fields.Select(f => f < header.Length ? header[f].AsMemory() : default).ToArray();
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddSlotNames(names.Length, (ref VBuffer<ReadOnlyMemory<char>> value)
            => VBuffer<ReadOnlyMemory<char>>.Copy(names, 0, ref value, names.Length));
        return builder.ToAnnotations();
    }

    public ColumnSlot MakeSlot(bool missingRealsAsNaNs)
    {
        DataViewType item = Type.GetItemType();
        return GenericCall.Invoke<ColumnSlot>(MakeSlot<int>, [item.RawType], item, missingRealsAsNaNs);
    }

    private static IEnumerable<int> Expand(TextLoader.Range range, int? fieldCount)
    {
        Contracts.CheckParam(
            range.Max != null || fieldCount != null,
            nameof(TextLoader.Column.Source),
            "Can't determine the number of source columns without valid data");
        int end = range.Max ?? fieldCount.Value - 1;
        return Enumerable.Range(range.Min, Math.Max(0, end - range.Min + 1));
    }

    private ColumnSlot<TValue> MakeSlot<TValue>(DataViewType item, bool missingRealsAsNaNs)
        => new(Name, _fields, Type is VectorDataViewType, item, missingRealsAsNaNs);
}
