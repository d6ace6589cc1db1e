namespace MLExtensions.Networks;

/// <summary>
/// An optimizer of one's own, on either engine. Weights and gradients are copied to and from it in every step, on one thread: for
/// trying ideas, not for speed.
/// </summary>
/// <param name="Create">Makes the optimizer of one training, from where each tensor lies; called once per <c>Fit</c>.</param>
public sealed record CustomOptimizerOptions(Func<ParameterLayout, IOptimizer> Create) : OptimizerOptions(learningRate: 0.001f), IHostOptimizerOptions
{
    HostOptimizer IHostOptimizerOptions.Open(NetworkDescription network, EngineSettings settings) => new CustomHostOptimizer(this, network, settings);

    internal override IEnumerable<string> Validate() =>
        Create is null ? base.Validate().Append("Create must not be null") : base.Validate();
}
