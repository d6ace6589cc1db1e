using Microsoft.ML.Runtime;
using MLExtensions.Networks;
using MLExtensions.Pipeline;
using MLExtensions.Trainers;

namespace Microsoft.ML;

/// <summary>Chooses what trains the deep multilayer perceptrons of a context.</summary>
public static class EngineCatalog
{
    private const string OptionName = "MLExtensions.Trainers.Engine";

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

        context.SetOption(OptionName, engine);
        return context;
    }

    /// <summary>The engine of a training: that of the options, or else of the context, or else the managed one.</summary>
    internal static IMlpEngine EngineFor(IHostEnvironment environment, DeepMlpOptions options)
    {
        var engine = options.Engine ?? HostEnvironments.OptionOf<IMlpEngine>(environment, OptionName) ?? new ManagedEngine();
        return engine.For(new DevicePreference(HostEnvironments.GpuDeviceIdOf(environment), HostEnvironments.FallsBackToCpu(environment)));
    }
}
