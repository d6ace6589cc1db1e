using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Looks keys up in the values that their column is annotated with.</summary>
internal sealed class KeyToValueMapping : OneToOneMapping
{
    public KeyToValueMapping(DataViewSchema input, InputOutputColumnPair[] columns)
        : base(input, columns)
    {
    }

    protected override DataViewSchema.DetachedColumn MakeOutputColumn(int output, string name, DataViewSchema.Column source)
    {
        PrimitiveDataViewType item = KeyValuesType(source).ItemType;
        DataViewType type = source.Type is VectorDataViewType vector ? new VectorDataViewType(item, vector.Dimensions) : item;
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
        return new DataViewSchema.DetachedColumn(name, type, annotations.ToAnnotations());
    }

    protected override Delegate MakeGetter(DataViewRow input, DataViewSchema.Column source, int output)
        => GenericCall.Invoke<Delegate>(
            source.Type is VectorDataViewType ? MakeVectorGetter<uint, int> : MakeScalarGetter<uint, int>,
            [source.Type.GetItemType().RawType, KeyValuesType(source).ItemType.RawType],
            input,
            source);

    private static VectorDataViewType KeyValuesType(DataViewSchema.Column source)
        => source.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.KeyValues)?.Type as VectorDataViewType
            ?? throw Contracts.Except("Metadata KeyValues does not exist");

    private static ValueGetter<TValue> MakeScalarGetter<TKey, TValue>(DataViewRow input, DataViewSchema.Column source)
        where TKey : IBinaryInteger<TKey>
    {
        ValueGetter<TKey> getter = input.GetGetter<TKey>(source);
        TValue[] values = ValuesByKey<TValue>(source);
        TKey key = default;
        return (ref TValue value) =>
        {
            getter(ref key);
            value = Find(values, key);
        };
    }

    private static ValueGetter<VBuffer<TValue>> MakeVectorGetter<TKey, TValue>(DataViewRow input, DataViewSchema.Column source)
        where TKey : IBinaryInteger<TKey>
    {
        ValueGetter<VBuffer<TKey>> getter = input.GetGetter<VBuffer<TKey>>(source);
        TValue[] values = ValuesByKey<TValue>(source);
        VBuffer<TKey> keys = default;
        return (ref VBuffer<TValue> found) =>
        {
            getter(ref keys);
            VBufferEditor<TValue> editor = VBufferEditor.Create(ref found, keys.Length);
            foreach (KeyValuePair<int, TKey> item in keys.Items(all: true))
                editor.Values[item.Key] = Find(values, item.Value);
            found = editor.Commit();
        };
    }

    /// <summary>The values behind one for the missing key.</summary>
    private static TValue[] ValuesByKey<TValue>(DataViewSchema.Column source)
    {
        VBuffer<TValue> values = default;
        source.GetKeyValues(ref values);
        return [Missing<TValue>(), .. values.DenseValues()];
    }

    private static TValue Find<TKey, TValue>(TValue[] values, TKey key)
        where TKey : IBinaryInteger<TKey>
    {
        ulong index = ulong.CreateTruncating(key);
        return index < (ulong)values.Length ? values[index] : values[0];
    }

    private static TValue Missing<TValue>()
        => typeof(TValue) == typeof(float) ? (TValue)(object)float.NaN
            : typeof(TValue) == typeof(double) ? (TValue)(object)double.NaN
            : default;
}
