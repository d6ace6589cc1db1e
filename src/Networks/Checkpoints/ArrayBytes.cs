namespace MLExtensions.Networks.Checkpoints;

/// <summary>The memory of arrays as bytes, in portions: a span cannot count those of a long array.</summary>
internal static class ArrayBytes
{
    private const int PortionLength = 1 << 20;

    /// <summary>Takes a portion.</summary>
    /// <param name="bytes">The bytes, little-endian as on every processor that this library's packages are for.</param>
    public delegate void PortionAction(Span<byte> bytes);

    /// <summary>Goes through the bytes of an array of a <see cref="TrainingState"/>.</summary>
    public static void ForEachPortion(Array values, PortionAction action)
    {
        switch (values)
        {
            case float[] singles:
                ForEachPortion(singles.AsSpan(), action);
                break;
            case double[] doubles:
                ForEachPortion(doubles.AsSpan(), action);
                break;
            default:
                ForEachPortion(((long[])values).AsSpan(), action);
                break;
        }
    }

    /// <summary>Goes through the bytes of numbers.</summary>
    public static void ForEachPortion<T>(Span<T> values, PortionAction action)
        where T : unmanaged
    {
        for (; values.Length > PortionLength; values = values[PortionLength..])
            action(MemoryMarshal.AsBytes(values[..PortionLength]));
        action(MemoryMarshal.AsBytes(values));
    }
}
