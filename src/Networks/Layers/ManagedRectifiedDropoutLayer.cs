namespace MLExtensions.Networks.Layers;

/// <summary>
/// Dropout behind a ReLU, and the ReLU with it: max(0, x) x mask. No mask is computed on the way back, since what the values tell is the same: those that are
/// 0, for whichever reason, get no gradient. To the last bit what the two layers do one after the other.
/// </summary>
internal sealed unsafe class ManagedRectifiedDropoutLayer : ManagedLayer
{
    private DropoutMask _mask;

    /// <summary>Makes the layer, and takes over the work of the one before.</summary>
    /// <param name="rate">The probability of zeroing a value, before a step's factor.</param>
    /// <param name="place">Where the layer stands.</param>
    /// <param name="rectifier">The layer before.</param>
    public ManagedRectifiedDropoutLayer(float rate, LayerPlace place, ManagedLayer rectifier)
        : base(rectifier.Input, rectifier.Output, place.InputGradient)
    {
        _mask = ManagedDropoutLayer.NewMask(rate, place);
        rectifier.IsDoneByNext = true;
    }

    public override bool KeepsOutput => true;

    public override void BeginStep(in StepSettings settings) => _mask = _mask.Times(settings.DropoutFactor);

    public override void Forward(RowRange rows, int step)
    {
        for (int strip = 0; strip < Input.StripCount; strip++)
        {
            InstructionSet.Run(_mask.ForRectified(
                step, rows.After(FirstRow), strip * Input.Width, Input.Columns, Input.At(strip, rows.First), Output.At(strip, rows.First), Input.Width));
        }
    }

    public override void Backward(RowRange rows, int step)
    {
        if (Gradient is null)
            return;

        for (int strip = 0; strip < Gradient.StripCount; strip++)
            InstructionSet.Run(_mask.ForKept(Output.At(strip, rows.First), Gradient.At(strip, rows.First), rows.Count * (nint)Gradient.Width));
    }
}
