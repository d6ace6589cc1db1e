namespace MLExtensions.Networks.Managed;

/// <summary>What changes the rows of a batch before the network sees them: mixing, then noise.</summary>
internal sealed unsafe class BatchAugmentation
{
    private readonly Batch _batch;
    private readonly GaussianNoise? _noise;
    private readonly MixedRows? _mixing;
    private readonly IReadOnlyList<CategorySlot> _categories;
    private readonly float[] _indices;
    private int _step;

    private BatchAugmentation(Batch batch, DataBlock data, StripMatrix outputGradient, EngineSettings settings)
    {
        _batch = batch;
        _noise = settings.InputNoise > 0 ? new GaussianNoise(settings.InputNoise, RandomStream.Key(settings.Seed, "noise")) : null;
        _mixing = settings.Mixing is { } mixing
            ? new MixedRows(batch, data, outputGradient, new RowMixer(mixing, data.FeatureCount, settings.Seed, data.Layout), settings.MixTargets)
            : null;
        _categories = data.Layout?.Categories ?? [];
        _indices = new float[batch.Features.Rows * _categories.Count];
    }

    /// <summary>What the settings ask for; null for nothing.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="data">The rows.</param>
    /// <param name="outputGradient">The gradient with respect to the outputs of the network.</param>
    /// <param name="settings">The settings.</param>
    public static BatchAugmentation? Create(Batch batch, DataBlock data, StripMatrix outputGradient, EngineSettings settings) =>
        settings.InputNoise > 0 || settings.Mixing is not null ? new BatchAugmentation(batch, data, outputGradient, settings) : null;

    /// <summary>Called once before each step, on one thread, when the batch has been chosen and weighed.</summary>
    /// <param name="step">The number of the step, from 0.</param>
    public void BeginStep(int step)
    {
        _step = step;
        _mixing?.BeginStep(step);
    }

    /// <summary>Changes rows that have been gathered.</summary>
    /// <param name="rows">Which rows of the batch.</param>
    public void Apply(RowRange rows)
    {
        _mixing?.Mix(rows);
        if (_noise is not { } noise)
            return;

        // Noise comes over all slots; indices of categories are put aside meanwhile.
        StripMatrix features = _batch.Features;
        for (int i = rows.First * _categories.Count; i < rows.End * _categories.Count; i++)
            _indices[i] = features[i / _categories.Count, _categories[i % _categories.Count].Slot];
        for (int strip = 0; strip < features.StripCount; strip++)
            InstructionSet.Run(noise.ForStep(_step, rows.After(_batch.First), strip * features.Width, features.Columns, features.At(strip, rows.First), features.Width));
        for (int i = rows.First * _categories.Count; i < rows.End * _categories.Count; i++)
            features[i / _categories.Count, _categories[i % _categories.Count].Slot] = _indices[i];
    }

    /// <summary>Computes losses and gradients of rows that may be mixed.</summary>
    /// <param name="loss">The loss of single rows.</param>
    /// <param name="rows">Which rows of the batch.</param>
    public void ComputeLoss(ManagedLoss loss, RowRange rows)
    {
        if (_mixing is null)
            loss.Compute(rows);
        else
            _mixing.ComputeLoss(loss, rows);
    }
}
