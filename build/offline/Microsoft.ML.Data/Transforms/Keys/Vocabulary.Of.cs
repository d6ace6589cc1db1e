using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

internal sealed class Vocabulary<TValue> : Vocabulary
{
    private readonly List<TValue> _values = [];
    private readonly Dictionary<TValue, uint> _keys = new(ValueComparer<TValue>.Instance);

    public Vocabulary(PrimitiveDataViewType itemType)
        : base(itemType)
    {
    }

    public override int Count => _values.Count;

    public void Add(TValue value, int maximumCount)
    {
        if (_values.Count >= maximumCount || ValueComparer<TValue>.IsMissing(value, ItemType) || _keys.ContainsKey(value))
            return;
        TValue copy = ValueComparer<TValue>.Copy(value);
        _values.Add(copy);
        _keys.Add(copy, (uint)_values.Count);
    }

    public Vocabulary<TValue> Sorted()
    {
        var sorted = new Vocabulary<TValue>(ItemType);
        foreach (TValue value in _values.Order(ValueComparer<TValue>.Instance))
            sorted.Add(value, int.MaxValue);
        return sorted;
    }

    public override void Write(BinaryWriter writer)
    {
        writer.WriteItemType(ItemType);
        writer.Write(_values.Count);
        foreach (TValue value in _values)
            PrimitiveSerialization.Write(writer, value);
    }

    public override Delegate MakeKeyGetter(DataViewRow input, DataViewSchema.Column source)
        => source.Type is VectorDataViewType ? MakeVectorGetter(input, source) : MakeScalarGetter(input, source);

    public override void AddKeyValues(DataViewSchema.Annotations.Builder annotations, bool asText)
    {
        if (Count == 0)
            return;
        if (asText)
        {
            ReadOnlyMemory<char>[] texts = _values.Select(TextOf).ToArray();
            annotations.Add(
                AnnotationUtils.Kinds.KeyValues,
                new VectorDataViewType(TextDataViewType.Instance, Count),
                (ref VBuffer<ReadOnlyMemory<char>> value) => VBuffer<ReadOnlyMemory<char>>.Copy(texts, 0, ref value, Count));
            return;
        }

        TValue[] values = [.. _values];
        annotations.Add(
            AnnotationUtils.Kinds.KeyValues,
            new VectorDataViewType(ItemType, Count),
            (ref VBuffer<TValue> value) => VBuffer<TValue>.Copy(values, 0, ref value, Count));
    }

    private uint KeyOf(TValue value)
        => ValueComparer<TValue>.IsMissing(value, ItemType) ? 0 : _keys.GetValueOrDefault(value);

    private ValueGetter<uint> MakeScalarGetter(DataViewRow input, DataViewSchema.Column source)
    {
        ValueGetter<TValue> getter = input.GetGetter<TValue>(source);
        TValue value = default;
        return (ref uint key) =>
        {
            getter(ref value);
            key = KeyOf(value);
        };
    }

    private ValueGetter<VBuffer<uint>> MakeVectorGetter(DataViewRow input, DataViewSchema.Column source)
    {
        ValueGetter<VBuffer<TValue>> getter = input.GetGetter<VBuffer<TValue>>(source);
        VBuffer<TValue> values = default;
        return (ref VBuffer<uint> keys) =>
        {
            getter(ref values);
            VBufferEditor<uint> editor = VBufferEditor.Create(ref keys, values.Length);
            foreach (KeyValuePair<int, TValue> item in values.Items(all: true))
                editor.Values[item.Key] = KeyOf(item.Value);
            keys = editor.Commit();
        };
    }

    private static ReadOnlyMemory<char> TextOf(TValue value)
        => value is ReadOnlyMemory<char> text ? text : Convert.ToString(value, CultureInfo.InvariantCulture).AsMemory();
}
