// The initializers that choose the variance of the weights by the sizes of the layer alone.

namespace MLExtensions.Networks;

/// <summary>Normal with mean 0 and standard deviation √(2 / fan_in).</summary>
/// <remarks>He, Zhang, Ren, Sun 2015, arXiv 1502.01852, equation 10.</remarks>
public sealed record HeNormalInitializer : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillNormal(weights, Math.Sqrt(2.0 / fanIn), random);
}

/// <summary>Uniform within ±√(6 / fan_in).</summary>
/// <remarks>He, Zhang, Ren, Sun 2015, arXiv 1502.01852.</remarks>
public sealed record HeUniformInitializer : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillUniform(weights, Math.Sqrt(6.0 / fanIn), random);
}

/// <summary>Normal with mean 0 and standard deviation √(2 / (fan_in + fan_out)).</summary>
/// <remarks>Glorot, Bengio 2010, AISTATS, equation 12.</remarks>
public sealed record XavierNormalInitializer : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillNormal(weights, Math.Sqrt(2.0 / (fanIn + fanOut)), random);
}

/// <summary>Uniform within ±√(6 / (fan_in + fan_out)).</summary>
/// <remarks>Glorot, Bengio 2010, AISTATS, equation 16.</remarks>
public sealed record XavierUniformInitializer : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillUniform(weights, Math.Sqrt(6.0 / (fanIn + fanOut)), random);
}

/// <summary>Normal with mean 0 and standard deviation √(1 / fan_in).</summary>
/// <remarks>LeCun, Bottou, Orr, Müller 1998, "Efficient BackProp".</remarks>
public sealed record LeCunNormalInitializer : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillNormal(weights, Math.Sqrt(1.0 / fanIn), random);
}

/// <summary>Uniform within ±√(3 / fan_in).</summary>
/// <remarks>LeCun, Bottou, Orr, Müller 1998, "Efficient BackProp"; Keras' <c>LecunUniform</c>.</remarks>
public sealed record LeCunUniformInitializer : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillUniform(weights, Math.Sqrt(3.0 / fanIn), random);
}

/// <summary>Uniform within ±1 / √fan_in: what PyTorch's <c>nn.Linear</c> starts with unless told otherwise.</summary>
/// <remarks>PyTorch's <c>kaiming_uniform_</c> with a = √5. There biases are drawn from the same range; here they start at <c>BiasStart</c>.</remarks>
public sealed record FanInUniformInitializer : WeightInitializer
{
    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        FillUniform(weights, Math.Sqrt(1.0 / fanIn), random);
}
