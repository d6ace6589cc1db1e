namespace MLExtensions.Networks.Inputs;

/// <summary>A centre and a factor for each slot.</summary>
internal static class AffineInputScaling
{
    /// <summary>Fits a scaling.</summary>
    /// <param name="layout">What the slots are.</param>
    /// <param name="slots">The numbers of the training rows.</param>
    /// <param name="limit">Where numbers are clipped smoothly; null for nowhere.</param>
    /// <param name="fit">The centre and the factor of a slot that is scaled.</param>
    public static FittedInputs Fit(RowLayout layout, NumberSlots slots, float? limit, Func<int, (double Center, double Factor)> fit)
    {
        var layer = new AffineInputLayer(layout);
        var fitted = new FittedInputs(layer);
        Parallel.For(0, layout.Width, slot =>
        {
            var (center, factor) = slots.IsScaled(slot) ? fit(slot) : (0, 1);

            // A range so small that its inverse overflows is rounding, and as good as none.
            fitted["center"][slot] = (float)center;
            fitted["factor"][slot] = float.IsFinite((float)factor) ? (float)factor : 0;
            fitted["inverse_limit"][slot] = slots.IsScaled(slot) && limit is { } finite ? 1 / finite : 0;
        });
        return fitted;
    }
}
