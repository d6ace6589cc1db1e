namespace MLExtensions.Networks.Managed;

/// <summary>Mixes each row of a batch with another one, features and labels; see <see cref="RowMixingOptions"/>.</summary>
internal sealed unsafe class MixedRows
{
    private readonly Batch _batch;
    private readonly StripMatrix _gradient;
    private readonly RowMixer _mixer;
    private readonly bool _mixTargets;
    private readonly int[] _partners;
    private readonly StripMatrix _partnerFeatures;
    private readonly float[] _partnerTargets;
    private readonly StripMatrix _keep;
    private readonly StripMatrix _ownGradient;
    private readonly float[] _ownLosses;
    private bool _isMixed;

    /// <summary>Allocates room.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="data">The rows.</param>
    /// <param name="gradient">The gradient with respect to the outputs of the network.</param>
    /// <param name="mixer">Says how rows are mixed.</param>
    /// <param name="mixTargets">Whether targets are mixed, instead of losses.</param>
    public MixedRows(Batch batch, DataBlock data, StripMatrix gradient, RowMixer mixer, bool mixTargets)
    {
        (_batch, _gradient, _mixer, _mixTargets) = (batch, gradient, mixer, mixTargets);
        int capacity = batch.Losses.Length;
        _partners = new int[capacity];
        _partnerFeatures = new StripMatrix(capacity, data.FeatureCount);
        _partnerTargets = new float[batch.Targets.Length];
        _keep = new StripMatrix(1, data.FeatureCount);
        _ownGradient = new StripMatrix(capacity, gradient.Columns);
        _ownLosses = new float[capacity];
    }

    /// <summary>Draws the mixing of a step, on one thread, when the batch has been chosen.</summary>
    /// <param name="step">The number of the step, from 0.</param>
    public void BeginStep(int step)
    {
        _isMixed = _mixer.Draw(step, _batch.AllRows);
        if (!_isMixed)
            return;

        _keep.SetRow(0, _mixer.Keep.Span);
        for (int i = 0; i < _batch.Rows; i++)
            _partners[i] = _batch.AllIndices[(_batch.First + i + _mixer.Shift) % _batch.AllRows];
    }

    /// <summary>Mixes rows that have been gathered.</summary>
    /// <param name="rows">Which rows of the batch.</param>
    public void Mix(RowRange rows)
    {
        if (!_isMixed)
            return;

        _batch.GatherFeatures(_partners, rows, _partnerFeatures);
        _batch.GatherTargets(_partners, rows, _partnerTargets);
        StripMatrix features = _batch.Features;
        for (int strip = 0; strip < features.StripCount; strip++)
        {
            InstructionSet.Run(new BlendRows(features.At(strip, rows.First), _partnerFeatures.At(strip, rows.First),
                _keep.At(strip, 0), rows.Count, features.Width));
        }
        if (_mixTargets)
            MixTargets(rows);
    }

    /// <summary>Computes losses and gradients.</summary>
    /// <param name="loss">The loss of single rows.</param>
    /// <param name="rows">Which rows of the batch.</param>
    public void ComputeLoss(ManagedLoss loss, RowRange rows)
    {
        if (!_isMixed || _mixTargets)
        {
            loss.Compute(rows);
            return;
        }

        for (int i = rows.First; i < rows.End; i++)
            _batch.Weights[i] *= _mixer.Share;
        loss.Compute(rows);
        KeepOwn(rows);

        TargetsOf(_partnerTargets, rows).CopyTo(TargetsOf(_batch.Targets, rows));
        for (int i = rows.First; i < rows.End; i++)
            _batch.Weights[i] = (1 - _mixer.Share) * _batch.ShareOf(_partners[i]);
        loss.Compute(rows);
        AddOwn(rows);
    }

    // A label goes with its weight: the mixed one is the weighted mean, so that mixing moves no mean of the labels.
    private void MixTargets(RowRange rows)
    {
        int count = _batch.TargetCount;
        for (int i = rows.First; i < rows.End; i++)
        {
            float own = _mixer.Share * _batch.Weights[i], other = (1 - _mixer.Share) * _batch.ShareOf(_partners[i]);
            _batch.Weights[i] = own + other;
            float share = own + other > 0 ? own / (own + other) : _mixer.Share;
            for (int at = i * count; at < (i + 1) * count; at++)
                _batch.Targets[at] = _partnerTargets[at] + share * (_batch.Targets[at] - _partnerTargets[at]);
        }
    }

    private void KeepOwn(RowRange rows)
    {
        for (int strip = 0; strip < _gradient.StripCount; strip++)
            GradientOf(_gradient, strip, rows).CopyTo(GradientOf(_ownGradient, strip, rows));
        for (int i = rows.First; i < rows.End; i++)
            _ownLosses[i] = _batch.Weights[i] * _batch.Losses[i];
    }

    private void AddOwn(RowRange rows)
    {
        for (int strip = 0; strip < _gradient.StripCount; strip++)
        {
            Span<float> sum = GradientOf(_gradient, strip, rows), own = GradientOf(_ownGradient, strip, rows);
            for (int i = 0; i < sum.Length; i++)
                sum[i] += own[i];
        }
        for (int i = rows.First; i < rows.End; i++)
        {
            // The mean is of what has its weight in it already.
            _batch.Losses[i] = _ownLosses[i] + _batch.Weights[i] * _batch.Losses[i];
            _batch.Weights[i] = 1;
        }
    }

    private Span<float> TargetsOf(float[] targets, RowRange rows)
    {
        int count = targets.Length / _partners.Length;
        return targets.AsSpan(rows.First * count, rows.Count * count);
    }

    private static Span<float> GradientOf(StripMatrix matrix, int strip, RowRange rows) => new(matrix.At(strip, rows.First), rows.Count * matrix.Width);
}
