namespace MLExtensions.Networks.Inputs;

/// <summary>Training rows, as they are behind the scaling, and what is known of them.</summary>
/// <param name="Features">The features, [rows x width].</param>
/// <param name="Width">The features of a row.</param>
/// <param name="Values">What is known, [rows x values]: labels, or 0 and 1 for each class.</param>
/// <param name="ValueCount">The values of a row.</param>
/// <param name="Weights">The weight of each row, above 0.</param>
internal sealed record KnownRows(float[] Features, int Width, float[] Values, int ValueCount, float[] Weights)
{
    /// <summary>The number of rows.</summary>
    public int Count => Weights.Length;

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
        return new KnownRows(block.Features.Array!, block.FeatureCount, values, values.Length / rows.Length, [.. rows.Select(row => data.Weights?[row] ?? 1)]);
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
        double weight = 0;
        for (int row = 0; row < Count; row++)
        {
            weight += Weights[row];
            for (int value = 0; value < ValueCount; value++)
                means[value] += (double)Weights[row] * Values[row * ValueCount + value];
        }
        return Array.ConvertAll(means, sum => sum / weight);
    }

    /// <summary>Some of the rows, drawn at random; all where there are no more.</summary>
    public KnownRows Sample(int most, RandomStream random)
    {
        if (Count <= most)
            return this;
        int[] rows = [.. Enumerable.Range(0, Count)];
        random.Shuffle(rows.AsSpan());
        rows = rows[..most];
        return this with
        {
            Features = [.. rows.SelectMany(row => Features[(row * Width)..((row + 1) * Width)])],
            Values = [.. rows.SelectMany(row => Values[(row * ValueCount)..((row + 1) * ValueCount)])],
            Weights = [.. rows.Select(row => Weights[row])],
        };
    }

    /// <summary>The same number for rows whose features are the same.</summary>
    public int[] Alike()
    {
        var numbers = new Dictionary<string, int>();
        int[] alike = new int[Count];
        for (int row = 0; row < Count; row++)
        {
            string key = KeyOf(Features.AsSpan(row * Width, Width));
            if (!numbers.TryGetValue(key, out alike[row]))
                numbers.Add(key, alike[row] = numbers.Count);
        }
        return alike;
    }

    /// <summary>A text that is the same for the same numbers.</summary>
    public static string KeyOf(ReadOnlySpan<float> numbers) => new(MemoryMarshal.Cast<float, char>(numbers));
}
