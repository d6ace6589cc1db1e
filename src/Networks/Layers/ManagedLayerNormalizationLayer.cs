namespace MLExtensions.Networks.Layers;

/// <summary>
/// y = γ (x - mean) / √(variance + ε) + β, with the statistics of each row. The gradients of γ and β are summed over slices of rows,
/// which are the same for any number of threads, and joined in order before the update.
/// </summary>
internal sealed unsafe class ManagedLayerNormalizationLayer : ManagedLayer
{
    private readonly LayerNormalizationLayer _layer;
    private readonly ScaleAndShift _affine;
    private readonly AlignedBuffer _mask;
    private readonly AlignedBuffer _means;
    private readonly AlignedBuffer _inverses;
    private readonly StripMatrix _sums;
    private readonly StripMatrix _products;

    /// <summary>Makes the layer; its parameters are zero.</summary>
    /// <param name="layer">The size and the constants.</param>
    /// <param name="place">Where the layer stands.</param>
    public ManagedLayerNormalizationLayer(LayerNormalizationLayer layer, LayerPlace place)
        : base(place.Input, place.NewMatrix(layer.Size), place.InputGradient ?? place.NewMatrix(layer.Size))
    {
        _layer = layer;
        _affine = new ScaleAndShift(layer.Size, layer.Affine, place);
        Vectors = _affine.Learned;
        _mask = RowUnits.MaskOf(layer.Size);
        _means = new AlignedBuffer(place.BatchRows);
        _inverses = new AlignedBuffer(place.BatchRows);
        _sums = place.NewSlices(layer.Size);
        _products = place.NewSlices(layer.Size);
    }

    private RowUnits Units => new(_layer.Size, _mask.Pointer, _affine.Gamma.Values, _affine.Beta.Values);

    public override void Forward(RowRange rows, int step) => InstructionSet.Run(new NormalizeRows(
        Input.At(0, rows.First), Output.At(0, rows.First), rows.Count, StripRows.Of(Input), Units, _layer.Epsilon,
        _means.Pointer + rows.First, _inverses.Pointer + rows.First));

    public override void Backward(RowRange rows, int step)
    {
        int slice = rows.First / SliceMoments.Rows;
        InstructionSet.Run(new NormalizeRowsBackward(
            Input.At(0, rows.First), Gradient!.At(0, rows.First), rows.Count, StripRows.Of(Input), Units,
            _means.Pointer + rows.First, _inverses.Pointer + rows.First,
            _sums.At(0, slice), _products.At(0, slice), _sums.StripLength));
    }

    protected override void JoinGradients(int batchRows)
    {
        int slices = SliceMoments.CountOf(batchRows);
        for (int strip = 0; strip < _sums.StripCount; strip++)
        {
            int column = strip * _sums.Width;
            InstructionSet.Run(new SumRows(_sums.At(strip, 0), slices, _sums.Width, _affine.Beta.Gradients + column));
            InstructionSet.Run(new SumRows(_products.At(strip, 0), slices, _sums.Width, _affine.Gamma.Gradients + column));
        }
    }
}

/// <summary>Normalizes each row, in place.</summary>
internal sealed unsafe class LayerNormalizationStep : ScoringStep
{
    private readonly LayerNormalizationLayer _layer;
    private readonly AlignedBuffer _mask;
    private readonly AlignedBuffer _gamma;
    private readonly AlignedBuffer _beta;

    public LayerNormalizationStep(LayerNormalizationLayer layer, ScoringPlan plan)
    {
        _layer = layer;
        _mask = RowUnits.MaskOf(layer.Size);
        _gamma = new AlignedBuffer(_mask.Length);
        _beta = new AlignedBuffer(_mask.Length);
        if (layer.Affine)
        {
            plan["weight"].CopyTo(_gamma.Span);
            plan["bias"].CopyTo(_beta.Span);
        }
        else
        {
            _gamma.Span[..layer.Size].Fill(1);
        }
    }

    public override float* Run(float* values, float* free, int rows)
    {
        int width = StripMatrix.WidthOf(_layer.Size);
        var strips = new StripRows(_mask.Length / width, width, (nint)rows * width);
        var units = new RowUnits(_layer.Size, _mask.Pointer, _gamma.Pointer, _beta.Pointer);
        InstructionSet.Run(new NormalizeRows(values, values, rows, strips, units, _layer.Epsilon, null, null));
        return values;
    }
}
