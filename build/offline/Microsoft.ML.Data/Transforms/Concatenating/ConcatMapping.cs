using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Lays the values of several columns side by side in one vector.</summary>
internal sealed class ConcatMapping : RowMapping
{
    private readonly string _outputColumnName;
    private readonly DataViewSchema.Column[] _sources;
    private readonly VectorDataViewType _type;

    public ConcatMapping(DataViewSchema input, string outputColumnName, DataViewSchema.Column[] sources)
        : base(input)
    {
        _outputColumnName = outputColumnName;
        _sources = sources;
        _type = MakeType(sources);
    }

    public override DataViewSchema.DetachedColumn[] MakeOutputColumns()
        => [new(_outputColumnName, _type, ConcatAnnotations.Make(_sources, _type))];

    protected override int[] SourcesOf(int output) => _sources.Select(s => s.Index).Distinct().ToArray();

    protected override Delegate MakeGetter(DataViewRow input, int output)
        => GenericCall.Invoke<Delegate>(MakeTypedGetter<int>, [_type.ItemType.RawType], input);

    private static VectorDataViewType MakeType(DataViewSchema.Column[] sources)
    {
        DataViewType itemType = sources[0].Type.GetItemType();
        foreach (DataViewSchema.Column source in sources)
        {
            if (!source.Type.GetItemType().Equals(itemType))
                throw Contracts.ExceptSchemaMismatch("inputSchema", "input", source.Name, itemType.ToString(), source.Type.ToString());
        }

        if (sources is [{ Type: VectorDataViewType only }])
            return only;
        bool isKnownSize = sources.All(s => s.Type is not VectorDataViewType { IsKnownSize: false });
        return new VectorDataViewType((PrimitiveDataViewType)itemType, isKnownSize ? sources.Sum(s => SizeOf(s.Type)) : 0);
    }

    private static int SizeOf(DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;

    private ValueGetter<VBuffer<TItem>> MakeTypedGetter<TItem>(DataViewRow input)
    {
        ValueGetter<VBuffer<TItem>>[] getters = _sources
            .Select(source => source.Type is VectorDataViewType
                ? CheckedGetter<TItem>(input, source)
                : ScalarAsVector(input.GetGetter<TItem>(source)))
            .ToArray();
        var parts = new VBuffer<TItem>[getters.Length];
        return (ref VBuffer<TItem> value) =>
        {
            for (int i = 0; i < getters.Length; i++)
                getters[i](ref parts[i]);
            Concatenate(parts, ref value);
        };
    }

    private static ValueGetter<VBuffer<TItem>> ScalarAsVector<TItem>(ValueGetter<TItem> getter)
        => (ref VBuffer<TItem> value) =>
        {
            VBufferEditor<TItem> editor = VBufferEditor.Create(ref value, 1);
            getter(ref editor.Values[0]);
            value = editor.Commit();
        };

    private static ValueGetter<VBuffer<TItem>> CheckedGetter<TItem>(DataViewRow input, DataViewSchema.Column source)
    {
        ValueGetter<VBuffer<TItem>> getter = input.GetGetter<VBuffer<TItem>>(source);
        int size = SizeOf(source.Type);
        return (ref VBuffer<TItem> value) =>
        {
            getter(ref value);
            if (size != 0 && value.Length != size)
                throw Contracts.Except($"Column '{source.Name}': expected {size} slots, but got {value.Length}");
        };
    }

    /// <summary>Sparse when at most half of the slots are explicit.</summary>
    private static void Concatenate<TItem>(VBuffer<TItem>[] parts, ref VBuffer<TItem> value)
    {
        int length = parts.Sum(p => p.Length);
        int count = parts.Sum(p => p.GetValues().Length);
        bool isSparse = count <= length / 2 && count < length;
        VBufferEditor<TItem> editor = VBufferEditor.Create(ref value, length, isSparse ? count : length);
        int offset = 0;
        int filled = 0;
        foreach (VBuffer<TItem> part in parts)
        {
            ReadOnlySpan<TItem> values = part.GetValues();
            if (!isSparse)
                part.CopyTo(editor.Values.Slice(offset, part.Length));
            for (int i = 0; isSparse && i < values.Length; i++)
            {
                editor.Values[filled] = values[i];
                editor.Indices[filled++] = offset + (part.IsDense ? i : part.GetIndices()[i]);
            }
            offset += part.Length;
        }
        value = editor.Commit();
    }
}
