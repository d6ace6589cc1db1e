namespace MLExtensions.Networks;

/// <summary>Uniform within ±√(6 / (fan_in + fan_out)).</summary>
/// <remarks>Glorot, Bengio 2010, AISTATS, equation 16.</remarks>
public sealed record XavierUniformInitializer : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillUniform(weights, Math.Sqrt(6.0 / (fanIn + fanOut)), random);
}
