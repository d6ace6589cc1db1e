namespace MLExtensions.Networks.Layers;

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
