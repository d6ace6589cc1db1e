namespace MLExtensions.Networks;

/// <summary>(x - mean) / standard deviation; a slot that is constant becomes 0.</summary>
public sealed record StandardInputScaling : InputScaling
{
    internal override FittedInputs Fit(RowLayout layout, NumberSlots slots, int seed) => AffineInputScaling.Fit(layout, slots, limit: null,
        slot => (slots.Mean(slot), slots.Deviation(slot) is > 0 and var deviation ? 1 / deviation : 0));
}
