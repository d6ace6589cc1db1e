namespace MLExtensions.Networks.Layers;

/// <summary>Makes the layer of a <see cref="MixedActivationLayer"/>.</summary>
/// <param name="place">Where the layer stands.</param>
internal readonly struct MixedLayerMaker(LayerPlace place) : IActivationMaker<ManagedLayer>
{
    /// <inheritdoc/>
    public ManagedLayer Make<TFunction>(TFunction function)
        where TFunction : struct, IVectorFunction => new ManagedMixedActivationLayer<TFunction>(function, place);
}

/// <summary>(1 - a) x + a f(x), with a learned weight a of each unit.</summary>
/// <typeparam name="TFunction">f.</typeparam>
/// <param name="function">The constants of f.</param>
/// <param name="place">Where the layer stands.</param>
internal sealed unsafe class ManagedMixedActivationLayer<TFunction>(TFunction function, LayerPlace place)
    : ManagedVectorLayer(ParameterRole.ActivationSlope, place.Input.Columns, place.Input.Columns, place)
    where TFunction : struct, IVectorFunction
{
    private readonly AlignedBuffer _shares = new(StripMatrix.PaddedColumns(place.Input.Columns));

    public override void ForwardUnits(int strip, RowRange rows, int step) => InstructionSet.Run(new MixedForward<TFunction>(
            function, Input.At(strip, rows.First), Output.At(strip, rows.First), rows.Count, Input.Width, _shares.Pointer + strip * Input.Width));

    public override void BackwardUnits(int strip, RowRange rows, int step) => InstructionSet.Run(new MixedBackward<TFunction>(
            function, Input.At(strip, rows.First), Gradient!.At(strip, rows.First), rows.Count, Input.Width,
            _shares.Pointer + strip * Input.Width, Sums.At(strip, SliceAt(rows))));

    public override void Refresh() => new ReadOnlySpan<float>(Vector.Values, Input.Columns).CopyTo(_shares.Span);
}

/// <summary>Makes the step of a <see cref="MixedActivationLayer"/>.</summary>
/// <param name="shares">The weight of each unit.</param>
internal readonly struct MixedStepMaker(float[] shares) : IActivationMaker<ScoringStep>
{
    /// <inheritdoc/>
    public ScoringStep Make<TFunction>(TFunction function)
        where TFunction : struct, IVectorFunction => new MixedActivationStep<TFunction>(function, shares);
}

/// <summary>(1 - a) x + a f(x), in place.</summary>
internal sealed unsafe class MixedActivationStep<TFunction> : ScoringStep
    where TFunction : struct, IVectorFunction
{
    private readonly TFunction _function;
    private readonly AlignedBuffer _shares;
    private readonly int _width;

    public MixedActivationStep(TFunction function, ReadOnlySpan<float> shares)
    {
        _function = function;
        _shares = new AlignedBuffer(StripMatrix.PaddedColumns(shares.Length));
        _width = StripMatrix.WidthOf(shares.Length);
        shares.CopyTo(_shares.Span);
    }

    public override float* Run(float* values, float* free, int rows)
    {
        for (int column = 0; column < _shares.Length; column += _width)
        {
            float* strip = values + (nint)column * rows;
            InstructionSet.Run(new MixedForward<TFunction>(_function, strip, strip, rows, _width, _shares.Pointer + column));
        }

        return values;
    }
}
