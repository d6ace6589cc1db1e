namespace MLExtensions.Networks.Layers;

/// <summary>Where the values of an embedding layer's slots go, and where its parameters lie in memory.</summary>
internal sealed class EmbeddingPlaces
{
    private EmbeddingPlaces(EmbeddingLayer layer)
    {
        var embedding = layer.Numbers;
        var embedded = layer.Embedded.ToHashSet();
        int dimension = embedding is null ? 0 : StripMatrix.PaddedColumns(embedding.Dimension);
        VectorStride = embedding is null ? 0 : StripMatrix.PaddedColumns(Math.Max(1, embedding.VectorLength));
        NumberLength = embedding is null ? 0 : (embedding.BasisCount + 1) * dimension + embedding.LearnedVectors.Count * VectorStride;

        int output = 0, category = 0;
        var numbers = new List<NumberPlace>();
        var tables = new List<TablePlace>();
        var plain = new List<PlainPlace>();
        for (int slot = 0; slot < layer.Layout.Width; slot++)
        {
            if (embedded.Contains(slot))
            {
                numbers.Add(new(slot, output, Length));
                Length = checked(Length + NumberLength);
                output += embedding!.Dimension;
                if (embedding.KeepsNumber)
                    plain.Add(new(slot, output++, Categories: 0));
            }
            else if (layer.Layout.IsCategory(slot))
            {
                var (found, size) = (layer.Layout.Categories[category], layer.CategoryDimensions[category]);
                category++;
                if (size > 0)
                {
                    int stride = StripMatrix.PaddedColumns(size);
                    tables.Add(new(found, output, size, stride, Length));
                    Length = checked(Length + found.Count * stride);
                }
                else
                {
                    plain.Add(new(slot, output, found.Count));
                }
                output += size > 0 ? size : found.Count;
            }
            else
            {
                plain.Add(new(slot, output++, Categories: 0));
            }
        }

        Outputs = output;
        (Numbers, Tables, Plain) = ([.. numbers], [.. tables], [.. plain]);
    }

    /// <summary>The number of values of a row.</summary>
    public int Outputs { get; }

    /// <summary>The floats of all parameters with padding.</summary>
    public int Length { get; }

    /// <summary>The floats of the parameters of one number.</summary>
    public int NumberLength { get; }

    /// <summary>The floats of a learned vector of functions.</summary>
    public int VectorStride { get; }

    public NumberPlace[] Numbers { get; }

    public TablePlace[] Tables { get; }

    public PlainPlace[] Plain { get; }

    public static EmbeddingPlaces Of(EmbeddingLayer layer) => new(layer);

    /// <summary>The number of values of a row, which need not be possible.</summary>
    public static long OutputsOf(EmbeddingLayer layer)
    {
        long embedded = layer.Embedded.Count();
        long numbers = layer.Layout.Width - layer.Layout.Categories.Count - embedded;
        return numbers + embedded * (layer.Numbers?.Outputs ?? 0)
            + layer.Layout.Categories.Zip(layer.CategoryDimensions).Sum(pair => pair.Second > 0 ? pair.Second : (long)pair.First.Count);
    }
}

/// <summary>A number that is embedded.</summary>
/// <param name="Slot">Its slot.</param>
/// <param name="Output">The first of its values.</param>
/// <param name="Offset">Where its parameters begin: V transposed, b, the vectors.</param>
internal readonly record struct NumberPlace(int Slot, int Output, int Offset);

/// <summary>A category with a vector for each of its indices.</summary>
/// <param name="Category">The category.</param>
/// <param name="Output">The first of its values.</param>
/// <param name="Size">The length of a vector.</param>
/// <param name="Stride">That length with padding.</param>
/// <param name="Offset">Where the vectors begin.</param>
internal readonly record struct TablePlace(CategorySlot Category, int Output, int Size, int Stride, int Offset);

/// <summary>A number that stays as it is, or a category with a value for each index.</summary>
/// <param name="Slot">Its slot.</param>
/// <param name="Output">The first of its values.</param>
/// <param name="Categories">The number of indices; 0 for a number.</param>
internal readonly record struct PlainPlace(int Slot, int Output, int Categories);
