namespace MLExtensions.Networks.Layers;

/// <summary>
/// Dropout behind a ReLU, and the ReLU with it: max(0, x) x mask. No mask is computed on the way back, since what the values tell is the same: those that are
/// 0, for whichever reason, get no gradient. Where the ReLU does the work of a normalization before it, so does this one. To the last bit what the
/// layers do one after the other.
/// </summary>
internal sealed unsafe class ManagedRectifiedDropoutLayer : ManagedUnitLayer
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
        Normalization = rectifier.Normalization;
    }

    public override bool KeepsOutput => true;

    public override ManagedBatchNormalizationLayer? Normalization { get; }

    public override void BeginStep(in StepSettings settings) => _mask = _mask.Times(settings.DropoutFactor);

    public override void ForwardUnits(int strip, RowRange rows, int step)
    {
        // A normalization reads what came before it; without one, input and output may be the same.
        StripMatrix input = Normalization?.Input ?? Input;
        RowRange places = rows.After(FirstRow);
        int column = strip * input.Width;
        float* from = input.At(strip, rows.First);
        float* to = Output.At(strip, rows.First);
        if (Normalization is null)
            InstructionSet.Run(_mask.ForRectified(step, places, column, input.Columns, from, to, input.Width));
        else
            InstructionSet.Run(_mask.ForRectifiedOf(Normalization.Normalized(strip), step, places, column, input.Columns, from, to, input.Width));
    }

    public override void BackwardUnits(int strip, RowRange rows, int step)
    {
        if (Normalization is not null)
        {
            Normalization.SumBackward(_mask.ForKept(), strip, rows);
            return;
        }

        InstructionSet.Run(new ActivationBackward<DropoutMask.Kept>(
            _mask.ForKept(), Output.At(strip, rows.First), Gradient!.At(strip, rows.First), rows.Count * (nint)Gradient.Width));
    }
}
