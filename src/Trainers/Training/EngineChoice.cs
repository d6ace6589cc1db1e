namespace MLExtensions.Trainers.Training;

/// <summary>Which engine trains: that of the options, or else of the context, or else the managed one.</summary>
internal static class EngineChoice
{
    private const string OptionName = "MLExtensions.Trainers.Engine";

    /// <summary>Makes an engine that of a context.</summary>
    public static void Set(MLContext context, IMlpEngine engine) => context.SetOption(OptionName, engine);

    /// <summary>The engine of a training, which has chosen its device.</summary>
    public static IMlpEngine For(IHostEnvironment environment, DeepMlpOptions options)
    {
        var engine = options.Engine ?? HostEnvironments.OptionOf<IMlpEngine>(environment, OptionName) ?? new ManagedEngine();
        return engine.For(new DevicePreference(HostEnvironments.GpuDeviceIdOf(environment), HostEnvironments.FallsBackToCpu(environment)));
    }
}
