using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>The distinct values of a column, numbered from 1; 0 stands for a missing or unknown value.</summary>
internal abstract class Vocabulary
{
    protected Vocabulary(PrimitiveDataViewType itemType)
    {
        ItemType = itemType;
    }

    public PrimitiveDataViewType ItemType { get; }

    public abstract int Count { get; }

    public static Vocabulary Learn(
        IDataView data, DataViewSchema.Column column, int maximumCount, ValueToKeyMappingEstimator.KeyOrdinality ordinality)
    {
        var itemType = (PrimitiveDataViewType)column.Type.GetItemType();
        return GenericCall.Invoke<Vocabulary>(
            Learn<int>, [itemType.RawType], data, column, itemType, maximumCount, ordinality);
    }

    public static Vocabulary Read(BinaryReader reader)
    {
        PrimitiveDataViewType itemType = reader.ReadItemType();
        return GenericCall.Invoke<Vocabulary>(Read<int>, [itemType.RawType], reader, itemType);
    }

    public abstract void Write(BinaryWriter writer);

    /// <summary>A getter of keys, for a scalar or vector column of values.</summary>
    public abstract Delegate MakeKeyGetter(DataViewRow input, DataViewSchema.Column source);

    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder annotations, bool asText);

    private static Vocabulary<TValue> Learn<TValue>(
        IDataView data,
        DataViewSchema.Column column,
        PrimitiveDataViewType itemType,
        int maximumCount,
        ValueToKeyMappingEstimator.KeyOrdinality ordinality)
    {
        var vocabulary = new Vocabulary<TValue>(itemType);
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        if (column.Type is VectorDataViewType)
        {
            ValueGetter<VBuffer<TValue>> getter = cursor.GetGetter<VBuffer<TValue>>(column);
            VBuffer<TValue> values = default;
            while (cursor.MoveNext())
            {
                getter(ref values);
                foreach (TValue value in values.DenseValues())
                    vocabulary.Add(value, maximumCount);
            }
        }
        else
        {
            ValueGetter<TValue> getter = cursor.GetGetter<TValue>(column);
            TValue value = default;
            while (cursor.MoveNext())
            {
                getter(ref value);
                vocabulary.Add(value, maximumCount);
            }
        }
        return ordinality == ValueToKeyMappingEstimator.KeyOrdinality.ByValue ? vocabulary.Sorted() : vocabulary;
    }

    private static Vocabulary<TValue> Read<TValue>(BinaryReader reader, PrimitiveDataViewType itemType)
    {
        var vocabulary = new Vocabulary<TValue>(itemType);
        int count = reader.ReadInt32();
        Contracts.CheckDecode(count >= 0);
        for (int i = 0; i < count; i++)
            vocabulary.Add(PrimitiveSerialization.Read<TValue>(reader), int.MaxValue);
        return vocabulary;
    }
}
