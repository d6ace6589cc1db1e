namespace MLExtensions.Networks;

/// <summary>Normal with mean 0 and a fixed standard deviation, whatever the layer's size.</summary>
/// <param name="StandardDeviation">The standard deviation; positive and finite, 0.01 by default.</param>
public sealed record SmallNormalInitializer(float StandardDeviation = 0.01f) : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillNormal(weights, StandardDeviation, random);

    internal override IEnumerable<string> Validate() => Failures(Positive(StandardDeviation));
}
