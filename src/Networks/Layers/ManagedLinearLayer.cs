namespace MLExtensions.Networks.Layers;

/// <summary>
/// y = W x + b. The weights are kept transposed, one row per input, with the bias as one more row: the right operand of
/// the forward product. A second copy, one row per output, is the right operand of the backward product. With DropConnect both products
/// have masked copies, made anew for each step; the mask is computed again for the gradients, not stored.
/// </summary>
internal sealed unsafe class ManagedLinearLayer : ManagedUnitLayer
{
    // Rows of weights that stay in the level-1 cache from their gradients to their update: 8 KiB. Also a whole number of
    // cache lines of the transposed copy.
    private const int UpdateRows = 2 * RowGranularity;

    private static readonly AlignedBuffer s_zeros = new(64);

    private readonly LinearLayer _layer;
    private readonly int _index;
    private readonly ParameterStore _store;
    private readonly StripMatrix _weights;
    private readonly StripMatrix _weightGradients;
    private readonly StripMatrix? _rowsPerOutput;
    private readonly StripMatrix? _masked;
    private readonly GaussianNoise? _noise;
    private DropoutMask _mask;
    private int _step;

    /// <summary>Makes the layer; its parameters are zero.</summary>
    /// <param name="layer">The sizes.</param>
    /// <param name="place">Where the layer stands.</param>
    public ManagedLinearLayer(LinearLayer layer, LayerPlace place)
        : base(place.Input, place.NewMatrix(layer.Outputs), place.NewMatrix(layer.Outputs))
    {
        _layer = layer;
        _index = place.Index;
        _store = place.Store;
        _weights = new StripMatrix(_store.Values, place.Offset, layer.Inputs + 1, layer.Outputs);
        _weightGradients = new StripMatrix(_store.Gradients, place.Offset, layer.Inputs + 1, layer.Outputs);
        Matrix = new WeightMatrix(place.Index, place.Offset, layer.Inputs, layer.Outputs, layer.Inputs + 1);
        InputGradient = place.InputGradient;
        if (InputGradient != null)
            _rowsPerOutput = new StripMatrix(StripMatrix.PaddedColumns(layer.Outputs), layer.Inputs);
        if (layer.DropConnectRate > 0)
        {
            _masked = new StripMatrix(layer.Inputs + 1, layer.Outputs);
            _mask = new DropoutMask(layer.DropConnectRate, RandomStream.Key(place.Seed, "drop-connect"), _index);
        }
        if (place.WeightNoise > 0)
        {
            ulong key = RandomStream.Key(place.Seed, "weight noise");
            _noise = new GaussianNoise(place.WeightNoise, PlaceHash.Mix(key ^ PlaceHash.Mix((ulong)(uint)_index)));
        }
    }

    /// <summary>The gradient with respect to the input, [batch x inputs], or null.</summary>
    public override StripMatrix? InputGradient { get; }

    public override bool NeedsPreparation => _masked != null || _noise != null;

    public override void BeginStep(in StepSettings settings) => _mask = _mask.Times(settings.DropoutFactor);

    public override void PrepareStep(RowRange parameterRows, int step, bool addNoise)
    {
        _step = step;
        var inputs = new RowRange(parameterRows.First, Math.Min(parameterRows.End, _layer.Inputs));
        if (addNoise && _noise is { } noise)
            AddNoise(noise, inputs);
        if (_masked is null)
            return;

        for (int strip = 0; strip < _weights.StripCount; strip++)
        {
            Mask(strip, inputs, _weights.At(strip, inputs.First), _masked.At(strip, inputs.First));
            CopyTransposed(strip, inputs, _masked.At(strip, inputs.First));
            if (parameterRows.End > _layer.Inputs)
            {
                new ReadOnlySpan<float>(_weights.At(strip, _layer.Inputs), _weights.Width)
                    .CopyTo(new Span<float>(_masked.At(strip, _layer.Inputs), _weights.Width));
            }
        }
    }

    private void AddNoise(GaussianNoise noise, RowRange inputs)
    {
        for (int strip = 0; strip < _weights.StripCount && inputs.Count > 0; strip++)
        {
            float* weights = _weights.At(strip, inputs.First);
            InstructionSet.Run(noise.ForStep(_step, inputs, strip * _weights.Width, _layer.Outputs, weights, _weights.Width));
            CopyTransposed(strip, inputs, weights);
        }
    }

    /// <inheritdoc/>
    /// <remarks>What has to be prepared for a step is prepared by rows of parameters.</remarks>
    public override bool SharesUnits => !NeedsPreparation;

    public override void ForwardUnits(int strip, RowRange rows, int step)
    {
        StripMatrix weights = _masked ?? _weights;
        new MatrixProduct(
            LeftOperand.Rows(Input, rows.First), rows.Count, _layer.Inputs,
            (nint)weights.At(strip, 0), weights.Width,
            Start: (nint)weights.At(strip, _layer.Inputs), StartStride: 0,
            (nint)Output.At(strip, rows.First)).Compute();
    }

    public override void BackwardUnits(int strip, RowRange rows, int step) => new MatrixProduct(
        LeftOperand.Rows(Gradient!, rows.First), rows.Count, _layer.Outputs,
        (nint)_rowsPerOutput!.At(strip, 0), _rowsPerOutput.Width,
        Start: (nint)s_zeros.Pointer, StartStride: 0,
        (nint)InputGradient!.At(strip, rows.First)).Compute();

    /// <inheritdoc/>
    /// <remarks>One row of parameters for each input, and the bias as the last.</remarks>
    public override int ParameterRows => _layer.Inputs + 1;

    public override int ParameterRowLength => _weights.StripCount * _weights.Width;

    public override void Update(RowRange parameterRows, int batchRows, ParameterUpdater updater, UpdatePart part)
    {
        for (int strip = 0; strip < _weights.StripCount; strip++)
            Update(strip, parameterRows, batchRows, updater, part);
    }

    /// <summary>Computes gradients of some of the parameters of a strip of units, updates them, or both.</summary>
    /// <inheritdoc cref="Update(RowRange, int, ParameterUpdater, UpdatePart)"/>
    public void Update(int strip, RowRange parameterRows, int batchRows, ParameterUpdater updater, UpdatePart part)
    {
        float* updated = stackalloc float[UpdateRows * _weights.Width];
        int lastInput = Math.Min(parameterRows.End, _layer.Inputs);
        for (int first = parameterRows.First; first < lastInput; first += UpdateRows)
        {
            var inputs = new RowRange(first, Math.Min(first + UpdateRows, lastInput));
            if (part != UpdatePart.Parameters)
                ComputeWeightGradients(strip, inputs, batchRows);
            if (part == UpdatePart.Gradients)
                continue;
            updater.Update(OffsetOf(strip, first), inputs.Count * _weights.Width, _index, ParameterRole.Weight, updated);
            StoreWeights(strip, inputs, updated);
        }

        if (parameterRows.End > _layer.Inputs)
        {
            if (part != UpdatePart.Parameters)
                ComputeBiasGradients(strip, batchRows);
            if (part != UpdatePart.Gradients)
                updater.Update(OffsetOf(strip, _layer.Inputs), _weights.Width, _index, ParameterRole.Bias);
        }
    }

    public override WeightMatrix Matrix { get; }

    public override void LimitNorms(int strip, float maximum)
    {
        InstructionSet.Run(new LimitColumnNorms(_weights.At(strip, 0), _layer.Inputs, _weights.Width, maximum));
        CopyTransposed(strip, new RowRange(0, _layer.Inputs), _weights.At(strip, 0));
    }

    public override void Refresh()
    {
        for (int strip = 0; strip < _weights.StripCount; strip++)
            CopyTransposed(strip, new RowRange(0, _layer.Inputs), _weights.At(strip, 0));
    }

    public override void Import(NetworkWeights source)
    {
        _weights.SetRow(_layer.Inputs, source[source.Layout.Find(_index, ParameterRole.Bias)]);
        fixed (float* weights = source[source.Layout.Find(_index, ParameterRole.Weight)])
        {
            for (int strip = 0; strip < _weights.StripCount; strip++)
            {
                (int first, int count) = OutputsOf(strip);
                Transpose.Copy(
                    weights + (nint)first * _layer.Inputs, _layer.Inputs, count, _layer.Inputs, _weights.At(strip, 0), _weights.Width);
                CopyTransposed(strip, new RowRange(0, _layer.Inputs), _weights.At(strip, 0));
            }
        }
    }

    public override void Export(AlignedBuffer values, NetworkWeights destination)
    {
        StripMatrix matrix = MatrixIn(values);
        matrix.GetRow(_layer.Inputs, destination[destination.Layout.Find(_index, ParameterRole.Bias)]);
        fixed (float* weights = destination[destination.Layout.Find(_index, ParameterRole.Weight)])
        {
            for (int strip = 0; strip < matrix.StripCount; strip++)
            {
                (int first, int count) = OutputsOf(strip);
                Transpose.Copy(
                    matrix.At(strip, 0), matrix.Width, _layer.Inputs, count, weights + (nint)first * _layer.Inputs, _layer.Inputs);
            }
        }
    }

    // An optimizer above the engine asks for weights and gradients in every step, which shall allocate nothing.
    private StripMatrix MatrixIn(AlignedBuffer values) =>
        values == _store.Values ? _weights : values == _store.Gradients ? _weightGradients : new(values, _weights.Offset, _layer.Inputs + 1, _layer.Outputs);

    private (int First, int Count) OutputsOf(int strip)
    {
        int first = strip * _weights.Width;
        return (first, Math.Min(_weights.Width, _layer.Outputs - first));
    }

    private void ComputeWeightGradients(int strip, RowRange inputs, int batchRows)
    {
        foreach (StripColumns part in StripColumns.Divide(inputs, Input.Width))
        {
            new MatrixProduct(
                LeftOperand.Columns(Input, part.Strip, part.Column), part.Count, batchRows,
                (nint)Gradient!.At(strip, 0), Gradient.Width,
                Start: (nint)s_zeros.Pointer, StartStride: 0,
                (nint)_weightGradients.At(strip, part.First)).Compute();
        }

        if (_masked != null)
            Mask(strip, inputs, _weightGradients.At(strip, inputs.First), _weightGradients.At(strip, inputs.First));
    }

    private void ComputeBiasGradients(int strip, int batchRows) => new MatrixProduct(
        LeftOperand.Ones, 1, batchRows,
        (nint)Gradient!.At(strip, 0), Gradient.Width,
        Start: (nint)s_zeros.Pointer, StartStride: 0,
        (nint)_weightGradients.At(strip, _layer.Inputs)).Compute();

    // Other threads have read the old weights, so every store has to call a cache line back from them. One after the other
    // such stores overlap; between the stores of an optimizer's averages each took four times as long.
    private void StoreWeights(int strip, RowRange inputs, float* updated)
    {
        int length = inputs.Count * _weights.Width;
        new ReadOnlySpan<float>(updated, length).CopyTo(new Span<float>(_weights.At(strip, inputs.First), length));
        if (_masked is null)
            CopyTransposed(strip, inputs, updated);
    }

    private void Mask(int strip, RowRange inputs, float* values, float* masked) => InstructionSet.Run(
        _mask.ForStep(_step, inputs, strip * _weights.Width, _layer.Outputs, values, masked, _weights.Width));

    private void CopyTransposed(int strip, RowRange inputs, float* weights)
    {
        if (_rowsPerOutput is null)
            return;

        foreach (StripColumns part in StripColumns.Divide(inputs, _rowsPerOutput.Width))
        {
            Transpose.Copy(
                weights + (nint)(part.First - inputs.First) * _weights.Width, _weights.Width, part.Count, _weights.Width,
                _rowsPerOutput.At(part.Strip, strip * _weights.Width) + part.Column, _rowsPerOutput.Width);
        }
    }

    private int OffsetOf(int strip, int row) => checked((int)(_weights.Offset + strip * _weights.StripLength + row * _weights.Width));
}

/// <summary>y = W x + b.</summary>
/// <param name="weights">The weights, transposed, and the bias as last row, [inputs + 1 x outputs].</param>
internal sealed unsafe class LinearStep(StripMatrix weights) : ScoringStep
{
    private readonly int _inputs = weights.Rows - 1;
    private readonly int _inputWidth = StripMatrix.WidthOf(weights.Rows - 1);

    public override float* Run(float* values, float* free, int rows)
    {
        var input = new LeftOperand((nint)values, _inputWidth, 1, _inputWidth, (nint)rows * _inputWidth);
        for (int strip = 0; strip < weights.StripCount; strip++)
        {
            new MatrixProduct(
                input, rows, _inputs,
                (nint)weights.At(strip, 0), weights.Width,
                Start: (nint)weights.At(strip, _inputs), StartStride: 0,
                (nint)(free + (nint)strip * rows * weights.Width)).Compute();
        }

        return free;
    }
}
