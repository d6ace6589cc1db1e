namespace MLExtensions.Networks.Inputs;

/// <summary>Takes rows through a fitted first layer. Any number of threads may use it at once.</summary>
/// <param name="step">The layer.</param>
/// <param name="inputs">The features of a row before it.</param>
/// <param name="outputs">The features of a row behind it.</param>
internal sealed unsafe class InputMap(ScoringStep step, int inputs, int outputs) : RowMap
{
    // Room for a row before and behind the layer, one per thread, shared by all maps.
    [ThreadStatic]
    private static AlignedBuffer? s_values, s_free;

    public override int Outputs => outputs;

    public override void Run(ReadOnlySpan<float> features, int rows, Span<float> results)
    {
        // One row is as it lies in strips.
        var values = Room(ref s_values, StripMatrix.PaddedColumns(inputs));
        var free = Room(ref s_free, StripMatrix.PaddedColumns(outputs));
        for (int row = 0; row < rows; row++)
        {
            features.Slice(row * inputs, inputs).CopyTo(values.Span);
            float* output = step.Run(values.Pointer, free.Pointer, 1);
            new ReadOnlySpan<float>(output, outputs).CopyTo(results[(row * outputs)..]);
        }
        GC.KeepAlive(values);
        GC.KeepAlive(free);
    }

    private static AlignedBuffer Room(ref AlignedBuffer? buffer, int length) => buffer is { } kept && kept.Length >= length ? kept : buffer = new AlignedBuffer(length);
}
