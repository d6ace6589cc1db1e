using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Optimizers;
using MLExtensions.Networks.Update;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Layers;

/// <summary>
/// x for x &gt; 0, else a x, with learned slopes. Their gradients are summed over slices of rows, which are the same for any number of
/// threads, and joined in order before the update.
/// </summary>
internal sealed unsafe class ManagedPReluLayer : ManagedLayer
{
    private readonly PReluLayer _layer;
    private readonly int _index;
    private readonly ParameterStore _parameters;
    private readonly int _offset;
    private readonly int _length;
    private readonly AlignedBuffer _slopes;
    private readonly AlignedBuffer _unitGradients;
    private readonly StripMatrix _sums;

    /// <summary>Makes the layer; its slopes are zero.</summary>
    /// <param name="layer">The size.</param>
    /// <param name="index">The index of the layer in the network.</param>
    /// <param name="batchRows">The most rows of a batch.</param>
    /// <param name="parameters">Where the slopes live.</param>
    /// <param name="offset">Where the segment of this layer starts.</param>
    public ManagedPReluLayer(PReluLayer layer, int index, int batchRows, ParameterStore parameters, int offset)
    {
        _layer = layer;
        _index = index;
        _parameters = parameters;
        _offset = offset;
        _length = ParameterLength(layer);
        _slopes = new AlignedBuffer(StripMatrix.PaddedColumns(layer.Size));
        _unitGradients = new AlignedBuffer(_slopes.Length);
        _sums = new StripMatrix((batchRows + SliceMoments.Rows - 1) / SliceMoments.Rows, layer.Size);
    }

    /// <summary>The floats of this layer's segment of the parameters.</summary>
    /// <param name="layer">The size.</param>
    public static int ParameterLength(PReluLayer layer) => StripMatrix.PaddedColumns(layer.PerUnit ? layer.Size : 1);

    public override int ParameterRows => 1;

    public override int ParameterRowLength => _length;

    private Span<float> Slopes => new(_parameters.Values.Pointer + _offset, _layer.PerUnit ? _layer.Size : 1);

    private Span<float> Gradients => new(_parameters.Gradients.Pointer + _offset, Slopes.Length);

    public override void Forward(RowRange rows, int step) => Infer(rows);

    public override void Infer(RowRange rows)
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

        updater.Update(_offset, _length, _index, ParameterRole.ActivationSlope);
        Spread();
    }

    private void SumGradients(int batchRows)
    {
        int slices = (batchRows + SliceMoments.Rows - 1) / SliceMoments.Rows;
        for (int strip = 0; strip < _sums.StripCount; strip++)
            InstructionSet.Run(new SumRows(_sums.At(strip, 0), slices, _sums.Width, _unitGradients.Pointer + strip * _sums.Width));
        JoinUnits(_unitGradients.Span[.._layer.Size], Gradients);
    }

    public override void Import(NetworkWeights source)
    {
        source[source.Layout.Find(_index, ParameterRole.ActivationSlope)].CopyTo(Slopes);
        Spread();
    }

    public override void Export(NetworkWeights destination) => Export(Slopes, destination);

    public override void ExportGradients(NetworkWeights destination) => Export(Gradients, destination);

    public override void ExportAverages(WeightAverage averages, NetworkWeights destination) =>
        Export(new ReadOnlySpan<float>(averages.Values.Pointer + _offset, Slopes.Length), destination);

    private void Export(ReadOnlySpan<float> slopes, NetworkWeights destination) =>
        slopes.CopyTo(destination[destination.Layout.Find(_index, ParameterRole.ActivationSlope)]);

    private void JoinUnits(ReadOnlySpan<float> units, Span<float> gradients)
    {
        if (_layer.PerUnit)
        {
            units.CopyTo(gradients);
            return;
        }

        gradients[0] = 0;
        foreach (float unit in units)
            gradients[0] += unit;
    }

    // One slope for each column, for the kernels to load as they load the columns.
    private void Spread()
    {
        if (_layer.PerUnit)
            Slopes.CopyTo(_slopes.Span);
        else
            _slopes.Span[.._layer.Size].Fill(Slopes[0]);
    }
}
