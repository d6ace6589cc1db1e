using MLExtensions.Networks;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>What a training step costs in multiplications and additions.</summary>
internal static class StepCost
{
    /// <summary>
    /// The floating-point operations of one row in one step: 2 per weight forward, 2 per weight for the gradient of the weights,
    /// 2 per weight for the gradient of the inputs, which the first layer need not compute. Weight matrices only.
    /// </summary>
    public static long FlopsPerRow(NetworkDescription network)
    {
        long[] weights = [.. network.Layers.OfType<LinearLayer>().Select(layer => (long)layer.Inputs * layer.Outputs)];
        return 6 * weights.Sum() - 2 * weights[0];
    }

    /// <summary>The weights of all matrices.</summary>
    public static long Weights(NetworkDescription network) =>
        network.Layers.OfType<LinearLayer>().Sum(layer => (long)layer.Inputs * layer.Outputs);
}
