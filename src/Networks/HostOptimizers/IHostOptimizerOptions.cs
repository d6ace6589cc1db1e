namespace MLExtensions.Networks.HostOptimizers;

/// <summary>The options of an optimizer that runs above a session.</summary>
internal interface IHostOptimizerOptions
{
    /// <summary>The optimizer.</summary>
    /// <param name="network">The network.</param>
    /// <param name="settings">The settings.</param>
    HostOptimizer Open(NetworkDescription network, EngineSettings settings);
}
