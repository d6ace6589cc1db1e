namespace MLExtensions.Networks;

/// <summary>
/// All weights alike. For output layers and linear models only: units of a hidden layer that start alike see the same gradients and stay
/// alike, so that the layer is worth one unit.
/// </summary>
/// <param name="Value">The value of every weight; finite, 0 by default.</param>
public sealed record ConstantInitializer(float Value = 0) : WeightInitializer
{
    internal override bool LeavesUnitsAlike => true;

    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) => weights.Fill(Value);

    internal override IEnumerable<string> Validate() => float.IsFinite(Value) ? [] : [Invariant($"Value must be finite, got {Value}")];
}
