namespace MLExtensions.Networks.Tests;

/// <summary>Gradient descent as an optimizer of one's own, which remembers the steps it was called for.</summary>
internal sealed class PlainDescent : IOptimizer
{
    public int Calls { get; private set; }

    public int LastStep { get; private set; }

    public void Update(ParameterTensor tensor, Span<float> weights, ReadOnlySpan<float> gradients, float learningRate, int step)
    {
        (Calls, LastStep) = (Calls + 1, step);
        for (int i = 0; i < weights.Length; i++)
            weights[i] -= learningRate * gradients[i];
    }

    public void Exchange(StateExchange state)
    {
        // Keeps nothing that a step depends on.
    }
}
