namespace MLExtensions.Networks;

/// <summary>
/// The normal quantile of the share of training values below a number: whatever its distribution was, it becomes a normal one. Quantiles
/// are those of at most 65,536 rows, evenly spread over the training rows.
/// </summary>
/// <remarks>scikit-learn's <c>QuantileTransformer</c>, as TabM's recipe has it (Gorishniy, Kotelnikov, Babenko 2024, arXiv 2410.24210).</remarks>
public sealed record QuantileInputScaling : InputScaling
{
    /// <summary>The number of quantiles, at least 2; by default null, a thirtieth of the training rows, from 10 to 1,000.</summary>
    public int? NumberOfQuantiles { get; init; }

    /// <summary>
    /// The standard deviation of noise on the values that quantiles are taken of, so that values that repeat spread over their shares; at
    /// least 0 and finite, 1e-5 by default.
    /// </summary>
    public float Noise { get; init; } = 1e-5f;

    internal override IEnumerable<string> Validate() => Failures(AtLeast(2, NumberOfQuantiles), NotNegative(Noise));

    internal override FittedInputs Fit(RowLayout layout, NumberSlots slots, int seed)
    {
        int count = NumberOfQuantiles ?? Math.Clamp(slots.Rows / 30, 10, 1000);
        var fitted = new FittedInputs(new QuantileInputLayer(layout, count));
        Parallel.For(0, layout.Width, slot =>
        {
            if (!slots.IsScaled(slot))
                return;

            float[] values = slots.Ascending(slot);
            if (Noise > 0)
                AddNoise(values, new RandomStream(seed, Invariant($"input noise {slot}")));
            fitted["scaled"][slot] = 1;
            var quantiles = fitted["quantiles"].Slice(slot * count, count);
            for (int i = 0; i < count; i++)
                quantiles[i] = (float)Quantiles.Of(values, (double)i / (count - 1));
        });
        return fitted;
    }

    private void AddNoise(float[] values, RandomStream random)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] += (float)(Noise * random.NextNormal());
        Array.Sort(values);
    }
}
