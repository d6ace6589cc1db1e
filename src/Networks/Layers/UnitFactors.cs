namespace MLExtensions.Networks.Layers;

/// <summary>What a layer does in scoring that treats each unit by itself: y = (x - mean) x scale + shift. At first the identity.</summary>
/// <param name="size">The number of units.</param>
internal sealed class UnitFactors(int size)
{
    /// <summary>What is subtracted.</summary>
    public double[] Means { get; } = new double[size];

    /// <summary>What the difference is multiplied by.</summary>
    public double[] Scales { get; } = [.. Enumerable.Repeat(1.0, size)];

    /// <summary>What is added.</summary>
    public double[] Shifts { get; } = new double[size];
}

/// <summary>What no linear layer before it took into its weights: y = (x - mean) x scale + shift, in place.</summary>
internal sealed unsafe class UnitFactorsStep : ScoringStep
{
    private readonly AlignedBuffer _means;
    private readonly AlignedBuffer _scales;
    private readonly AlignedBuffer _shifts;
    private readonly int _width;

    public UnitFactorsStep(UnitFactors factors)
    {
        int padded = StripMatrix.PaddedColumns(factors.Means.Length);
        _means = new AlignedBuffer(padded);
        _scales = new AlignedBuffer(padded);
        _shifts = new AlignedBuffer(padded);
        _width = StripMatrix.WidthOf(factors.Means.Length);
        for (int i = 0; i < factors.Means.Length; i++)
        {
            _means.Span[i] = (float)factors.Means[i];
            _scales.Span[i] = (float)factors.Scales[i];
            _shifts.Span[i] = (float)factors.Shifts[i];
        }
    }

    public override float* Run(float* values, float* free, int rows)
    {
        for (int column = 0; column < _means.Length; column += _width)
        {
            float* strip = values + (nint)column * rows;
            var normalized = new NormalizedValues(_means.Pointer + column, _scales.Pointer + column, _shifts.Pointer + column);
            InstructionSet.Run(new Normalize<IdentityActivation.Function>(default, normalized, strip, strip, rows, _width));
        }

        return values;
    }
}
