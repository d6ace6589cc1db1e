namespace MLExtensions.Networks;

/// <summary>The noise on the features of each step, but for indices of categories, by seed and step alone, so that all engines add the same.</summary>
public sealed unsafe class FeatureNoise
{
    private readonly GaussianNoise _noise;
    private readonly int _columns;
    private readonly AlignedBuffer _row;
    private readonly IReadOnlyList<CategorySlot> _categories;

    /// <summary>Prepares the noise of one training.</summary>
    /// <param name="standardDeviation">The standard deviation.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="layout">What the slots of a row are; null where all are numbers.</param>
    public FeatureNoise(float standardDeviation, int features, int seed, RowLayout? layout = null)
    {
        _categories = layout?.Categories ?? [];
        _noise = new GaussianNoise(standardDeviation, RandomStream.Key(seed, "noise"));
        _columns = features;
        _row = new AlignedBuffer((features + InstructionSet.VectorCount - 1) / InstructionSet.VectorCount * InstructionSet.VectorCount);
    }

    /// <summary>Writes the noise of a step.</summary>
    /// <param name="step">The number of the step, from 0.</param>
    /// <param name="noise">Receives the noise, [rows x features].</param>
    /// <exception cref="ArgumentException">The length is no whole number of rows.</exception>
    public void Fill(int step, Span<float> noise)
    {
        if (noise.Length % _columns != 0)
            throw new ArgumentException($"Expected a whole number of rows of {_columns} features, got {noise.Length} values.", nameof(noise));

        for (int row = 0; row < noise.Length / _columns; row++)
        {
            _row.Span.Clear();
            InstructionSet.Run(_noise.ForStep(step, new RowRange(row, row + 1), 0, _columns, _row.Pointer, _row.Length));
            foreach (var category in _categories)
                _row.Span[category.Slot] = 0;
            _row.Span[.._columns].CopyTo(noise[(row * _columns)..]);
        }
    }
}
