namespace MLExtensions.Networks.Layers;

/// <summary>
/// x for x &gt; 0, else a x, with learned slopes. Their gradients are summed over slices of rows, which are the same for any number of
/// threads, and joined in order before the update.
/// </summary>
internal sealed unsafe class ManagedPReluLayer : ManagedLayer
{
    private readonly PReluLayer _layer;
    private readonly ParameterVector _learned;
    private readonly AlignedBuffer _slopes;
    private readonly AlignedBuffer _unitGradients;
    private readonly StripMatrix _sums;

    /// <summary>Makes the layer; its slopes are zero.</summary>
    /// <param name="layer">The size.</param>
    /// <param name="place">Where the layer stands.</param>
    public ManagedPReluLayer(PReluLayer layer, LayerPlace place)
    {
        _layer = layer;
        _learned = new ParameterVector(ParameterRole.ActivationSlope, layer.PerUnit ? layer.Size : 1, place.Index, place.Store, place.Offset);
        _slopes = new AlignedBuffer(StripMatrix.PaddedColumns(layer.Size));
        _unitGradients = new AlignedBuffer(_slopes.Length);
        _sums = new StripMatrix((place.BatchRows + SliceMoments.Rows - 1) / SliceMoments.Rows, layer.Size);
    }

    public override int ParameterRows => 1;

    public override int ParameterRowLength => _learned.Padded;

    public override void Forward(RowRange rows, int step)
    {
        for (int strip = 0; strip < Input.StripCount; strip++)
        {
            InstructionSet.Run(new PReluForward(
                Input.At(strip, rows.First), Output.At(strip, rows.First), rows.Count, Input.Width, _slopes.Pointer + strip * Input.Width));
        }
    }

    public override void Backward(RowRange rows, int step)
    {
        int slice = rows.First / SliceMoments.Rows;
        for (int strip = 0; strip < Input.StripCount; strip++)
        {
            InstructionSet.Run(new PReluBackward(
                Input.At(strip, rows.First), Gradient!.At(strip, rows.First), rows.Count, Input.Width,
                _slopes.Pointer + strip * Input.Width, _sums.At(strip, slice)));
        }
    }

    public override void Update(RowRange parameterRows, int batchRows, ParameterUpdater updater, UpdatePart part)
    {
        if (parameterRows.Count == 0)
            return;

        if (part != UpdatePart.Parameters)
            SumGradients(batchRows);
        if (part == UpdatePart.Gradients)
            return;

        _learned.Update(updater);
        Spread();
    }

    private void SumGradients(int batchRows)
    {
        int slices = (batchRows + SliceMoments.Rows - 1) / SliceMoments.Rows;
        for (int strip = 0; strip < _sums.StripCount; strip++)
            InstructionSet.Run(new SumRows(_sums.At(strip, 0), slices, _sums.Width, _unitGradients.Pointer + strip * _sums.Width));
        ReadOnlySpan<float> units = _unitGradients.Span[.._layer.Size];
        if (_layer.PerUnit)
        {
            units.CopyTo(new Span<float>(_learned.Gradients, units.Length));
            return;
        }

        _learned.Gradients[0] = 0;
        foreach (float unit in units)
            _learned.Gradients[0] += unit;
    }

    public override void Import(NetworkWeights source)
    {
        _learned.Import(source);
        Spread();
    }

    public override void Export(NetworkWeights destination) => _learned.Export(destination);

    public override void ExportGradients(NetworkWeights destination) => _learned.ExportGradients(destination);

    public override void ExportAverages(WeightAverage averages, NetworkWeights destination) => _learned.ExportAverages(averages, destination);

    // One slope for each column, for the kernels to load as they load the columns.
    private void Spread()
    {
        if (_layer.PerUnit)
            new ReadOnlySpan<float>(_learned.Values, _layer.Size).CopyTo(_slopes.Span);
        else
            _slopes.Span[.._layer.Size].Fill(_learned.Values[0]);
    }
}
