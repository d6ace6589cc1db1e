using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms;

/// <summary>Makes the getters of scaled columns; what they reuse from row to row belongs to one cursor.</summary>
internal static class ScalingGetters
{
    public static Delegate Create(DataViewRow row, DataViewSchema.Column column, AffineMap map) => column.Type switch
    {
        VectorDataViewType { ItemType: var item } when item == NumberDataViewType.Single => OfVector<float>(row, column, map),
        VectorDataViewType => OfVector<double>(row, column, map),
        var type when type == NumberDataViewType.Single => OfScalar<float>(row, column, map),
        _ => OfScalar<double>(row, column, map),
    };

    private static ValueGetter<T> OfScalar<T>(DataViewRow row, DataViewSchema.Column column, AffineMap map)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var input = row.GetGetter<T>(column);
        return (ref T value) =>
        {
            T raw = default;
            input(ref raw);
            value = map.Apply(raw, 0);
        };
    }

    private static ValueGetter<VBuffer<T>> OfVector<T>(DataViewRow row, DataViewSchema.Column column, AffineMap map)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var input = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> sparse = default;
        return (ref VBuffer<T> value) =>
        {
            // Mapped where it was read, in the buffer that the caller brings: a copy would cost as much as the arithmetic.
            input(ref value);
            if (value.Length != map.Slots)
                throw VectorLengths.Mismatch(value.Length, map.Slots, column.Name, row.Position);
            if (value.IsDense || map.KeepsZero)
            {
                MapExplicit(map, in value);
            }
            else
            {
                value.CopyTo(ref sparse);
                MapSparseToDense(map, sparse, ref value);
            }
        };
    }

    private static void MapExplicit<T>(AffineMap map, in VBuffer<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // An editor of the buffer would give the same span, and take as long as reading the row.
        var read = values.GetValues();
        var numbers = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(read), read.Length);
        if (values.IsDense)
            map.Apply(numbers, numbers);
        else
            map.Apply(numbers, values.GetIndices(), numbers);
    }

    private static void MapSparseToDense<T>(AffineMap map, in VBuffer<T> source, ref VBuffer<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = source.GetValues();
        var indices = source.GetIndices();
        var editor = VBufferEditor.Create(ref destination, source.Length);
        map.ApplyToZeros(editor.Values);
        for (int i = 0; i < values.Length; i++)
            editor.Values[indices[i]] = map.Apply(values[i], indices[i]);
        destination = editor.Commit();
    }
}
