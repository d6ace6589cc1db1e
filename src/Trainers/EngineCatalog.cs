namespace Microsoft.ML;

/// <summary>Chooses what trains the deep multilayer perceptrons of a context.</summary>
public static class EngineCatalog
{
    /// <summary>
    /// Makes an engine the one of every trainer of this context whose <see cref="MlpOptions.Engine"/> is not set, from the next
    /// <c>Fit</c> on.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="engine">The engine.</param>
    public static MLContext UseEngine(this MLContext context, IMlpEngine engine)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(engine);

        EngineChoice.Set(context, engine);
        return context;
    }
}
