using System.Numerics;
using System.Runtime.InteropServices;

namespace MLExtensions.Transforms.Scaling;

/// <summary>Makes the getters of columns scaled slot by slot; what they reuse from row to row belongs to one cursor.</summary>
internal static class ScalingGetters
{
    public static Delegate Create(DataViewRow row, DataViewSchema.Column column, ColumnMap map) => map switch
    {
        SlotMap slots => Create(row, column, slots),
        WholeMap whole => WholeVectorGetters.Create(row, column, whole),
        _ => throw new NotSupportedException($"There is no getter for {map.GetType().Name}."),
    };

    private static Delegate Create(DataViewRow row, DataViewSchema.Column column, SlotMap map) => column.Type switch
    {
        VectorDataViewType { ItemType: var item } when item == NumberDataViewType.Single => OfVector<float>(row, column, map),
        VectorDataViewType => OfVector<double>(row, column, map),
        var type when type == NumberDataViewType.Single => OfScalar<float>(row, column, map),
        _ => OfScalar<double>(row, column, map),
    };

    private static ValueGetter<T> OfScalar<T>(DataViewRow row, DataViewSchema.Column column, SlotMap map)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var input = row.GetGetter<T>(column);
        bool needsPositive = map.NeedsPositive;
        return (ref T value) =>
        {
            T raw = default;
            input(ref raw);
            if (needsPositive)
                RequirePositive(raw, 0, column, row.Position);
            value = map.Apply(raw, 0);
        };
    }

    private static ValueGetter<VBuffer<T>> OfVector<T>(DataViewRow row, DataViewSchema.Column column, SlotMap map)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var input = row.GetGetter<VBuffer<T>>(column);
        bool needsPositive = map.NeedsPositive;
        VBuffer<T> sparse = default;
        return (ref VBuffer<T> value) =>
        {
            // Mapped where it was read, in the buffer that the caller brings: a copy would cost as much as the arithmetic.
            input(ref value);
            VectorChecks.RequireSlots(in value, map.Slots, column, row.Position);
            if (needsPositive)
                RequirePositive(value, column, row.Position);
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

    private static void MapExplicit<T>(SlotMap map, in VBuffer<T> values)
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

    private static void MapSparseToDense<T>(SlotMap map, in VBuffer<T> source, ref VBuffer<T> destination)
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

    private static void RequirePositive<T>(in VBuffer<T> values, DataViewSchema.Column column, long row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var present = values.GetValues();
        var slots = values.GetIndices();
        for (int i = 0; i < present.Length; i++)
            RequirePositive(present[i], values.IsDense ? i : slots[i], column, row);

        int gap = 0;
        while (gap < slots.Length && slots[gap] == gap)
            gap++;
        if (!values.IsDense && gap < values.Length)
            RequirePositive(T.Zero, gap, column, row);
    }

    private static void RequirePositive<T>(T value, int slot, DataViewSchema.Column column, long row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (value <= T.Zero)
            throw SlotTexts.NotPositive(column, slot, double.CreateTruncating(value), row);
    }
}

/// <summary>Makes the getters of columns mapped as whole vectors; what they reuse from row to row belongs to one cursor.</summary>
internal static class WholeVectorGetters
{
    public static Delegate Create(DataViewRow row, DataViewSchema.Column column, WholeMap map) =>
        ((VectorDataViewType)column.Type).ItemType == NumberDataViewType.Single ? Of<float>(row, column, map) : Of<double>(row, column, map);

    private static ValueGetter<VBuffer<T>> Of<T>(DataViewRow row, DataViewSchema.Column column, WholeMap map)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var reader = NumbersOfRow.Of(row, column);
        double[] results = new double[map.OutputSlots];
        return (ref VBuffer<T> value) =>
        {
            map.Apply(reader.Read(), results);
            var editor = VBufferEditor.Create(ref value, results.Length);
            for (int output = 0; output < results.Length; output++)
                editor.Values[output] = T.CreateTruncating(results[output]);
            value = editor.Commit();
        };
    }
}
