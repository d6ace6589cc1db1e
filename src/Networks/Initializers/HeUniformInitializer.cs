namespace MLExtensions.Networks;

/// <summary>Uniform within ±√(6 / fan_in).</summary>
/// <remarks>He, Zhang, Ren, Sun 2015, arXiv 1502.01852.</remarks>
public sealed record HeUniformInitializer : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillUniform(weights, Math.Sqrt(6.0 / fanIn), random);
}
