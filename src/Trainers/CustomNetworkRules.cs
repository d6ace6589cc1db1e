namespace MLExtensions.Trainers;

/// <summary>The rules that options must keep where the engine has a network of the application's own.</summary>
internal static class CustomNetworkRules
{
    private static readonly DeepMlpOptions s_defaults = new();

    /// <summary>The options that describe a network, which such an engine has already.</summary>
    internal static IReadOnlyDictionary<string, Func<DeepMlpOptions, bool>> IsDefault { get; } = new Dictionary<string, Func<DeepMlpOptions, bool>>
    {
        [nameof(DeepMlpOptions.HiddenLayers)] = options => options.HiddenLayers is null || options.HiddenLayers.SequenceEqual(s_defaults.HiddenLayers),
        [nameof(DeepMlpOptions.Activation)] = options => Equals(options.Activation, s_defaults.Activation),
        [nameof(DeepMlpOptions.Initializer)] = options => Equals(options.Initializer, s_defaults.Initializer),
        [nameof(DeepMlpOptions.OutputInitializer)] = options => options.OutputInitializer is null,
        [nameof(DeepMlpOptions.BiasStart)] = options => options.BiasStart == s_defaults.BiasStart,
        [nameof(DeepMlpOptions.Activations)] = options => options.Activations is null,
        [nameof(DeepMlpOptions.Normalization)] = options => options.Normalization is null,
        [nameof(DeepMlpOptions.DropoutRate)] = options => options.DropoutRate == s_defaults.DropoutRate,
        [nameof(DeepMlpOptions.DropoutRates)] = options => options.DropoutRates is null,
        [nameof(DeepMlpOptions.DropConnectRate)] = options => options.DropConnectRate == s_defaults.DropConnectRate,
        [nameof(DeepMlpOptions.InputDropoutRate)] = options => options.InputDropoutRate == s_defaults.InputDropoutRate,
        [nameof(DeepMlpOptions.DropoutSchedule)] = options => Equals(options.DropoutSchedule, s_defaults.DropoutSchedule),
    };

    public static IEnumerable<string> Check(DeepMlpOptions options)
    {
        if (options.Engine?.CustomNetwork is not { } network)
            yield break;

        foreach (var (name, _) in IsDefault.Where(option => !option.Value(options)))
            yield return $"{name} would have no effect, since the engine trains the network '{network.Name}': leave it at its default";
        if (options.MaximumNorm is not null)
            yield return $"MaximumNorm must be null: which weights enter a hidden unit only the code of the network '{network.Name}' knows";
        if (options.LearningRateFactors is { } factors && factors with { Weights = 1 } != new LearningRateFactors())
            yield return $"LearningRateFactors must be 1 but for Weights: the network '{network.Name}' does not tell biases, normalization and layers apart";
        if (options.WeightAveraging is StochasticAveragingOptions)
            yield return $"WeightAveraging must not be StochasticAveragingOptions: how to gather the statistics of the network '{network.Name}' anew only its code knows. Use ExponentialAveragingOptions";
    }
}
