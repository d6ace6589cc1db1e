namespace MLExtensions.Networks.HostOptimizers;

/// <summary>
/// An optimizer that runs above a session, the same for every engine: it asks for gradients and sets weights. For those that need more
/// than one pass over the rows per step, and for those written outside of this library.
/// </summary>
internal abstract class HostOptimizer
{
    protected HostOptimizer(NetworkDescription network, EngineSettings settings)
    {
        Settings = settings;
        Weights = new NetworkWeights(new ParameterLayout(network));
        Gradients = new NetworkWeights(Weights.Layout);
        var groups = new ParameterGroups(Weights.Layout, settings.Update);
        Tensors = [.. Weights.Layout.Tensors.Where(tensor => tensor.IsTrained).Select(tensor => (tensor, groups[tensor.LayerIndex, tensor.Role]))];
    }

    /// <summary>The settings.</summary>
    protected EngineSettings Settings { get; }

    /// <summary>A copy of the weights.</summary>
    protected NetworkWeights Weights { get; }

    /// <summary>A copy of the gradients.</summary>
    protected NetworkWeights Gradients { get; }

    /// <summary>The trained tensors and how each is updated.</summary>
    protected (ParameterTensor Tensor, ParameterGroup Group)[] Tensors { get; }

    /// <summary>The optimizer, where the settings ask for one that runs above the session; else null.</summary>
    /// <param name="network">The network.</param>
    /// <param name="settings">The settings.</param>
    public static HostOptimizer? Create(NetworkDescription network, EngineSettings settings) =>
        (settings.Optimizer as IHostOptimizerOptions)?.Open(network, settings);

    /// <summary>Takes a step.</summary>
    /// <param name="target">The session.</param>
    /// <param name="rows">Indices of the rows of the batch.</param>
    /// <param name="settings">The rates of the step.</param>
    /// <returns>The loss before the step, without penalties; 0, and nothing done, where the rows weigh nothing.</returns>
    public abstract double Step(IHostStepTarget target, ReadOnlySpan<int> rows, in StepSettings settings);

    /// <summary>Gives or sets what the optimizer keeps from step to step.</summary>
    /// <param name="state">The exchange.</param>
    public abstract void Exchange(StateExchange state);

    // NaN for NaN, so that a training which diverges tells so by its loss; Math.Sign refuses it.
    private static double SignOf(double weight) => weight > 0 ? 1 : weight < 0 ? -1 : weight;

    /// <summary>Adds the gradient of the penalties to that of the loss; the penalties themselves.</summary>
    /// <param name="factor">What penalties are multiplied by in this step.</param>
    protected double AddPenalties(float factor)
    {
        double sum = 0;
        double l1 = (double)Settings.L1 * factor;
        double l2 = (double)Settings.L2 * factor;
        foreach (var (tensor, group) in Tensors)
        {
            if (!group.IsPenalized || (l1 == 0 && l2 == 0))
                continue;

            var weights = Weights[tensor];
            var gradients = Gradients[tensor];
            for (int i = 0; i < weights.Length; i++)
            {
                double weight = weights[i];
                gradients[i] = (float)(gradients[i] + l1 * SignOf(weight) + l2 * weight);
                sum += l1 * Math.Abs(weight) + 0.5 * l2 * weight * weight;
            }
        }
        return sum;
    }
}
