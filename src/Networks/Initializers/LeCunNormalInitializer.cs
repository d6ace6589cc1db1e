namespace MLExtensions.Networks;

/// <summary>Normal with mean 0 and standard deviation √(1 / fan_in).</summary>
/// <remarks>LeCun, Bottou, Orr, Müller 1998, "Efficient BackProp".</remarks>
public sealed record LeCunNormalInitializer : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillNormal(weights, Math.Sqrt(1.0 / fanIn), random);
}
