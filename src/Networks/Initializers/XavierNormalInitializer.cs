namespace MLExtensions.Networks;

/// <summary>Normal with mean 0 and standard deviation √(2 / (fan_in + fan_out)).</summary>
/// <remarks>Glorot, Bengio 2010, AISTATS, equation 12.</remarks>
public sealed record XavierNormalInitializer : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillNormal(weights, Math.Sqrt(2.0 / (fanIn + fanOut)), random);
}
