namespace MLExtensions.Networks;

/// <summary>Uniform within ±1 / √fan_in: what PyTorch's <c>nn.Linear</c> starts with unless told otherwise.</summary>
/// <remarks>PyTorch's <c>kaiming_uniform_</c> with a = √5. There biases are drawn from the same range; here they start at <c>BiasStart</c>.</remarks>
public sealed record FanInUniformInitializer : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillUniform(weights, Math.Sqrt(1.0 / fanIn), random);
}
