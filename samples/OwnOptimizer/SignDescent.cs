using MLExtensions.Networks;
using MLExtensions.Trainers;

internal sealed class SignDescent(ParameterLayout layout) : IOptimizer
{
    private readonly float[] _momentum = new float[layout.TrainedLength];

    public void Update(ParameterTensor tensor, Span<float> weights, ReadOnlySpan<float> gradients, float learningRate, int step)
    {
        var momentum = _momentum.AsSpan(tensor.Offset, tensor.Length);
        for (int i = 0; i < weights.Length; i++)
        {
            momentum[i] = 0.9f * momentum[i] + 0.1f * gradients[i];
            weights[i] -= learningRate * MathF.Sign(momentum[i]);
        }
    }

    // Whatever is kept from step to step has a name, so that a training can be taken up again.
    public void Exchange(StateExchange state) => state.Values("momentum", _momentum);
}
