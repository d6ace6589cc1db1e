namespace MLExtensions.Networks.Explanation;

/// <summary>y = (x - mean) x scale + shift, with numbers that stay: batch normalization as it scores.</summary>
internal sealed unsafe class FactorsLayer : ManagedLayer
{
    private readonly AlignedBuffer _means;
    private readonly AlignedBuffer _scales;
    private readonly AlignedBuffer _shifts;
    private readonly AlignedBuffer _zeros;

    /// <summary>Makes the layer.</summary>
    /// <param name="factors">The numbers.</param>
    /// <param name="place">Where the layer stands.</param>
    public FactorsLayer(UnitFactors factors, LayerPlace place)
        : base(place.Input, place.NewMatrix(place.Input.Columns), place.InputGradient)
    {
        _means = Padded(factors.Means);
        _scales = Padded(factors.Scales);
        _shifts = Padded(factors.Shifts);
        _zeros = new AlignedBuffer(_means.Length);
    }

    public override void Forward(RowRange rows, int step)
    {
        for (int strip = 0; strip < Input.StripCount; strip++)
        {
            int column = strip * Input.Width;
            var normalized = new NormalizedValues(_means.Pointer + column, _scales.Pointer + column, _shifts.Pointer + column);
            InstructionSet.Run(new Normalize<IdentityActivation.Function>(
                default, normalized, Input.At(strip, rows.First), Output.At(strip, rows.First), rows.Count, Input.Width));
        }
        GC.KeepAlive(this);
    }

    public override void Backward(RowRange rows, int step)
    {
        for (int strip = 0; strip < Input.StripCount; strip++)
        {
            float* gradient = Gradient!.At(strip, rows.First);
            var scaled = new NormalizedValues(_zeros.Pointer, _scales.Pointer + strip * Input.Width, _zeros.Pointer);
            InstructionSet.Run(new Normalize<IdentityActivation.Function>(default, scaled, gradient, gradient, rows.Count, Input.Width));
        }
        GC.KeepAlive(this);
    }

    // Batch normalization has parameters; here they are in the numbers already.
    public override void Import(NetworkWeights source)
    {
    }

    private static AlignedBuffer Padded(double[] values)
    {
        var buffer = new AlignedBuffer(StripMatrix.PaddedColumns(values.Length));
        for (int i = 0; i < values.Length; i++)
            buffer.Span[i] = (float)values[i];
        return buffer;
    }
}
