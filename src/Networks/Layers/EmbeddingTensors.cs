namespace MLExtensions.Networks.Layers;

/// <summary>Copies the tensors of an embedding layer into memory with padding, and back.</summary>
internal static unsafe class EmbeddingTensors
{
    /// <summary>Copies tensors to where parameters lie.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="places">Where its parameters lie.</param>
    /// <param name="memory">The first of them.</param>
    /// <param name="tensors">Gives tensors by name.</param>
    public static void Import(EmbeddingLayer layer, EmbeddingPlaces places, float* memory, LayerTensors tensors) =>
        ForEachRow(layer, places, (name, first, count, at) => tensors(name).Slice(first, count).CopyTo(new Span<float>(memory + at, count)));

    /// <summary>Copies parameters, or what else is laid out as they are, to tensors.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="places">Where its parameters lie.</param>
    /// <param name="memory">The first of them.</param>
    /// <param name="tensors">Gives tensors by name, which receive them.</param>
    public static void Export(EmbeddingLayer layer, EmbeddingPlaces places, float* memory, Func<string, Memory<float>> tensors) =>
        ForEachRow(layer, places, (name, first, count, at) => new ReadOnlySpan<float>(memory + at, count).CopyTo(tensors(name).Span.Slice(first, count)));

    // Each run of values that lies side by side in a tensor and in memory.
    private static void ForEachRow(EmbeddingLayer layer, EmbeddingPlaces places, Action<string, int, int, int> copy)
    {
        if (layer.Numbers is { } numbers)
        {
            int dimension = numbers.Dimension, width = StripMatrix.WidthOf(dimension), padded = StripMatrix.PaddedColumns(dimension);
            for (int i = 0; i < places.Numbers.Length; i++)
            {
                int offset = places.Numbers[i].Offset;
                for (int strip = 0; strip * width < dimension; strip++)
                {
                    int columns = Math.Min(width, dimension - strip * width);
                    for (int function = 0; function < numbers.BasisCount; function++)
                        copy("weight", (i * numbers.BasisCount + function) * dimension + strip * width, columns, offset + (strip * numbers.BasisCount + function) * width);
                    copy("bias", i * dimension + strip * width, columns, offset + numbers.BasisCount * padded + strip * width);
                }
                for (int vector = 0; vector < numbers.LearnedVectors.Count; vector++)
                {
                    copy(numbers.LearnedVectors[vector], i * numbers.VectorLength, numbers.VectorLength,
                        offset + (numbers.BasisCount + 1) * padded + vector * places.VectorStride);
                }
            }
        }

        foreach (var table in places.Tables)
        {
            string name = EmbeddingLayer.NameOf(table.Category);
            for (int index = 0; index < table.Category.Count; index++)
                copy(name, index * table.Size, table.Size, table.Offset + index * table.Stride);
        }
    }
}
