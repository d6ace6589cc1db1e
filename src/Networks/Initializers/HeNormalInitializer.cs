namespace MLExtensions.Networks;

/// <summary>Normal with mean 0 and standard deviation √(2 / fan_in).</summary>
/// <remarks>He, Zhang, Ren, Sun 2015, arXiv 1502.01852, equation 10.</remarks>
public sealed record HeNormalInitializer : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillNormal(weights, Math.Sqrt(2.0 / fanIn), random);
}
