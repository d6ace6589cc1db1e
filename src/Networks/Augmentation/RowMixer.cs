namespace MLExtensions.Networks.Augmentation;

/// <summary>
/// How the rows of each step are mixed, by seed and step alone, so that all engines mix alike: row i with row (i + <see cref="Shift"/>)
/// mod rows. Rows come in random order, so a shift is a random pairing.
/// </summary>
internal sealed class RowMixer
{
    private readonly RowMixingOptions _options;
    private readonly ulong _key;
    private readonly float[] _keep;
    private readonly IReadOnlyList<CategorySlot> _categories;

    /// <summary>Prepares the mixing of one training.</summary>
    /// <param name="options">The options.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="layout">What the slots of a row are; null where all are numbers.</param>
    public RowMixer(RowMixingOptions options, int features, int seed, RowLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(options);

        _options = options;
        _key = RandomStream.Key(seed, "mixing");
        _keep = new float[features];
        _categories = layout?.Categories ?? [];
    }

    /// <summary>The distance between rows that are mixed, from 1 to rows - 1.</summary>
    public int Shift { get; private set; }

    /// <summary>The part of a label that is the row's own, from 0 to 1.</summary>
    public float Share { get; private set; }

    /// <summary>
    /// The part of each feature that is the row's own, from 0 to 1, [features]; 0 or 1 for a category, since there is none between two
    /// indices. Refilled by each draw.
    /// </summary>
    public ReadOnlyMemory<float> Keep => _keep;

    /// <summary>Draws the mixing of a step.</summary>
    /// <param name="step">The number of the step, from 0.</param>
    /// <param name="rows">The rows of the batch.</param>
    /// <returns>Whether rows are mixed in this step; never where there is only one.</returns>
    public bool Draw(int step, int rows)
    {
        if (rows < 2)
            return false;

        var random = new CounterRandom(_key, step);
        if (random.NextUniform() >= _options.Probability)
            return false;

        Shift = 1 + random.NextIndex(rows - 1);
        Share = _options.Draw(ref random, _keep);
        foreach (var category in _categories)
        {
            // The own one with the probability λ: its values, one for each index, are then blended on average.
            ref float keep = ref _keep[category.Slot];
            if (keep is > 0 and < 1)
                keep = random.NextUniform() < keep ? 1 : 0;
        }
        return true;
    }
}
