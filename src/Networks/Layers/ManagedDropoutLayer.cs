namespace MLExtensions.Networks.Layers;

/// <summary>Zeroes values at random and scales up the rest; the mask is computed again on the way back, not stored.</summary>
/// <param name="rate">The probability of zeroing a value, before a step's factor.</param>
/// <param name="place">Where the layer stands.</param>
internal sealed unsafe class ManagedDropoutLayer(float rate, LayerPlace place)
    : ManagedUnitLayer(place.Input, place.OutputMayBeInput(true), place.InputGradient)
{
    private DropoutMask _mask = NewMask(rate, place);

    // It may be that of an activation.
    public override bool KeepsOutput => true;

    /// <summary>The mask of a layer.</summary>
    public static DropoutMask NewMask(float rate, LayerPlace place) => new(rate, RandomStream.Key(place.Seed, "dropout"), place.Index);

    public override void BeginStep(in StepSettings settings) => _mask = _mask.Times(settings.DropoutFactor);

    public override void ForwardUnits(int strip, RowRange rows, int step) => Apply(strip, rows, step, Input, Output);

    public override void BackwardUnits(int strip, RowRange rows, int step) => Apply(strip, rows, step, Gradient!, Gradient!);

    private void Apply(int strip, RowRange rows, int step, StripMatrix input, StripMatrix output) => InstructionSet.Run(_mask.ForStep(
        step, rows.After(FirstRow), strip * input.Width, input.Columns, input.At(strip, rows.First), output.At(strip, rows.First), input.Width));
}
