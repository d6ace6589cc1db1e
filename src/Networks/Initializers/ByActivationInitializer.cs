namespace MLExtensions.Networks;

/// <summary>
/// Draws each layer's weights as <see cref="WeightInitializer.ForActivation"/> says for the activation behind it; those of the output
/// layer as for the identity.
/// </summary>
public sealed record ByActivationInitializer : WeightInitializer
{
    internal override WeightInitializer For(Activation activation) => ForActivation(activation);

    internal override void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random) =>
        throw new InvalidOperationException("It depends on the activation: call For first.");
}
