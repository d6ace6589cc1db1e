namespace MLExtensions.Trainers;

/// <content>What a search of options asks a trainer, beside its three steps.</content>
public abstract partial class DeepMlpTrainer<TModel>
{
    /// <summary>The task.</summary>
    internal LossTasks Task => _task.Kind;

    /// <summary>The environment of the context.</summary>
    internal IHostEnvironment HostEnvironment => _environment;

    /// <summary>A trainer of the same task and context with other options.</summary>
    /// <exception cref="ArgumentException">They are outside their range, or do not go together.</exception>
    internal abstract DeepMlpTrainer<TModel> With(DeepMlpOptions options);

    /// <summary>The engine that <c>Fit</c> would train on.</summary>
    /// <param name="warn">Takes a warning.</param>
    internal IMlpEngine ChooseEngine(Action<string> warn) => EngineChoice.For(_environment, Options, warn);
}
