namespace MLExtensions.Networks.Inputs;

/// <summary>Training rows, as they are behind the scaling, and what is known of them.</summary>
/// <param name="Features">The features, [rows x width].</param>
/// <param name="Width">The features of a row.</param>
/// <param name="Values">What is known, [rows x values]: labels, or 0 and 1 for each class.</param>
/// <param name="ValueCount">The values of a row.</param>
internal sealed record KnownRows(float[] Features, int Width, float[] Values, int ValueCount)
{
    /// <summary>The number of rows.</summary>
    public int Count => Features.Length / Width;

    /// <summary>Takes rows of a training.</summary>
    /// <param name="data">The data, before the scaling.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="inputs">The scaling; null for none.</param>
    /// <param name="classes">The number of classes that targets are numbers of; 0 where they are amounts. Of two classes the second is known.</param>
    public static KnownRows Of(DataBlock data, int[] rows, FittedInputs? inputs, int classes)
    {
        float[] features = new float[checked(rows.Length * data.FeatureCount)];
        data.Features.Gather(rows, features);
        var block = new DataBlock(rows.Length, data.FeatureCount, 1, features, [], null) { Layout = data.Layout };
        block = inputs?.Apply(block, inPlace: true) ?? block;
        float[] values = SplitTargets.Of(data, rows, classes);
        if (classes == 2)
            values = [.. values.Where((_, index) => index % 2 == 1)];
        return new KnownRows(block.Features.Array!, block.FeatureCount, values, values.Length / rows.Length);
    }

    /// <summary>A feature of all rows.</summary>
    public float[] Column(int slot)
    {
        float[] column = new float[Count];
        for (int row = 0; row < column.Length; row++)
            column[row] = Features[row * Width + slot];
        return column;
    }

    /// <summary>The mean of each value.</summary>
    public double[] Means()
    {
        double[] means = new double[ValueCount];
        for (int i = 0; i < Values.Length; i++)
            means[i % ValueCount] += Values[i];
        return Array.ConvertAll(means, sum => sum / Count);
    }

    /// <summary>Some of the rows, drawn at random; all where there are no more.</summary>
    public KnownRows Sample(int most, RandomStream random)
    {
        if (Count <= most)
            return this;
        int[] rows = [.. Enumerable.Range(0, Count)];
        random.Shuffle(rows.AsSpan());
        return this with
        {
            Features = [.. rows.Take(most).SelectMany(row => Features.AsSpan(row * Width, Width).ToArray())],
            Values = [.. rows.Take(most).SelectMany(row => Values.AsSpan(row * ValueCount, ValueCount).ToArray())],
        };
    }
}
