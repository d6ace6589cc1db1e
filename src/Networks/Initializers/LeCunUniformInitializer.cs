namespace MLExtensions.Networks;

/// <summary>Uniform within ±√(3 / fan_in).</summary>
/// <remarks>LeCun, Bottou, Orr, Müller 1998, "Efficient BackProp"; Keras' <c>LecunUniform</c>.</remarks>
public sealed record LeCunUniformInitializer : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillUniform(weights, Math.Sqrt(3.0 / fanIn), random);
}
