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
    {
        _layer = layer;
        _affine = new ScaleAndShift(layer.Size, layer.Affine, place);
        _mask = RowUnits.MaskOf(layer.Size);
        _means = new AlignedBuffer(place.BatchRows);
        _inverses = new AlignedBuffer(place.BatchRows);
        int slices = (place.BatchRows + SliceMoments.Rows - 1) / SliceMoments.Rows;
        _sums = new StripMatrix(slices, layer.Size);
        _products = new StripMatrix(slices, layer.Size);
    }

    private RowUnits Units => new(_layer.Size, _mask.Pointer, _affine.Gamma, _affine.Beta);

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

    public override int ParameterRows => _affine.ParameterRows;

    public override int ParameterRowLength => _affine.ParameterRowLength;

    public override void Update(RowRange parameterRows, int batchRows, ParameterUpdater updater, UpdatePart part)
    {
        if (parameterRows.Count == 0)
            return;

        if (part != UpdatePart.Parameters)
            JoinGradients(batchRows);
        if (part != UpdatePart.Gradients)
            _affine.Update(updater);
    }

    private void JoinGradients(int batchRows)
    {
        int slices = (batchRows + SliceMoments.Rows - 1) / SliceMoments.Rows;
        for (int strip = 0; strip < _sums.StripCount; strip++)
        {
            int column = strip * _sums.Width;
            InstructionSet.Run(new SumRows(_sums.At(strip, 0), slices, _sums.Width, _affine.BetaGradient + column));
            InstructionSet.Run(new SumRows(_products.At(strip, 0), slices, _sums.Width, _affine.GammaGradient + column));
        }
    }

    public override void Import(NetworkWeights source) => _affine.Import(source);

    public override void Export(NetworkWeights destination) => _affine.Export(destination);

    public override void ExportGradients(NetworkWeights destination) => _affine.ExportGradients(destination);

    public override void ExportAverages(WeightAverage averages, NetworkWeights destination) => _affine.ExportAverages(averages, destination);
}
