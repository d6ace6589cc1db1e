namespace MLExtensions.Trainers.Training;

/// <summary>Which engine trains: that of the options, or else of the context, or else the managed one.</summary>
internal static class EngineChoice
{
    private const string OptionName = "MLExtensions.Trainers.Engine";

    /// <summary>Makes an engine that of a context.</summary>
    public static void Set(MLContext context, IMlpEngine engine) => context.SetOption(OptionName, engine);

    /// <summary>The engine of a training, which has chosen its device.</summary>
    /// <param name="environment">The environment of the context.</param>
    /// <param name="options">The options.</param>
    /// <param name="warn">Takes a warning.</param>
    /// <exception cref="InvalidOperationException">The device that was asked for is not there, or no engine that could use it was chosen.</exception>
    public static IMlpEngine For(IHostEnvironment environment, DeepMlpOptions options, Action<string> warn)
    {
        var chosen = options.Engine ?? HostEnvironments.OptionOf<IMlpEngine>(environment, OptionName);
        var preference = new DevicePreference(HostEnvironments.GpuDeviceIdOf(environment), HostEnvironments.FallsBackToCpu(environment));
        if ((chosen is null or ManagedEngine) && preference.GpuDeviceId is { } gpu)
        {
            // As ML.NET's own trainers have it: the CPU in place of a GPU needs leave. Whoever names the managed engine has given it.
            if (chosen is null && !preference.FallbackToCpu)
            {
                throw new InvalidOperationException(Invariant($"MLContext.GpuDeviceId is {gpu} and FallbackToCpu is false, and the managed engine, which trains where none is chosen, ") +
                    "computes on the CPU. Call ml.UseTorchSharp() (package MLExtensions.Trainers.TorchSharp) to train on the GPU; or set FallbackToCpu, or leave GpuDeviceId null.");
            }
            warn(Invariant($"the managed engine computes on the CPU, not on GPU {gpu} of MLContext.GpuDeviceId. ") +
                "Call ml.UseTorchSharp() (package MLExtensions.Trainers.TorchSharp) to train on the GPU.");
        }
        return (chosen ?? new ManagedEngine()).For(preference);
    }
}
