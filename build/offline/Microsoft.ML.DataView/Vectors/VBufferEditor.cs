namespace Microsoft.ML.Data;

public static class VBufferEditor
{
    public static VBufferEditor<T> CreateFromBuffer<T>(ref VBuffer<T> destination)
        => Create(ref destination, destination.Length, destination.GetValues().Length);

    /// <summary>Opens a vector for writing, over the arrays of <paramref name="destination"/> where they are large enough.</summary>
    public static VBufferEditor<T> Create<T>(
        ref VBuffer<T> destination,
        int newLogicalLength,
        int? valuesCount = null,
        int? maxValuesCapacity = null,
        bool keepOldOnResize = false,
        bool requireIndicesOnDense = false)
    {
        if (newLogicalLength < 0)
            throw new ArgumentOutOfRangeException(nameof(newLogicalLength), "Must be non-negative.");
        if (valuesCount > newLogicalLength)
            throw new ArgumentOutOfRangeException(nameof(valuesCount), "If specified, must be no greater than newLogicalLength");
        int count = valuesCount ?? newLogicalLength;

        T[] values = destination.ValueArray;
        bool newValues = Grow(ref values, count, keepOldOnResize);
        int[] indices = destination.IndexArray;
        bool newIndices = (count < newLogicalLength || requireIndicesOnDense) && Grow(ref indices, count, keepOldOnResize);
        return new VBufferEditor<T>(newLogicalLength, count, values, indices, requireIndicesOnDense, newValues, newIndices);
    }

    private static bool Grow<TItem>(ref TItem[] array, int size, bool keepOld)
    {
        if ((array?.Length ?? 0) >= size)
        {
            array ??= [];
            return false;
        }

        if (keepOld)
            Array.Resize(ref array, size);
        else
            array = new TItem[size];
        return true;
    }
}
