namespace MLExtensions.Networks.Options;

/// <summary>The rules that options must keep where the engine has a network of the application's own.</summary>
internal static class CustomNetworkRules
{
    private static readonly MlpOptions s_defaults = new();

    /// <summary>The options that describe a network, which such an engine has already.</summary>
    internal static IReadOnlyDictionary<string, Func<MlpOptions, bool>> IsDefault { get; } = new Dictionary<string, Func<MlpOptions, bool>>
    {
        [nameof(MlpOptions.InputScaling)] = options => Equals(options.InputScaling, s_defaults.InputScaling),
        [nameof(MlpOptions.NeighborMeans)] = options => options.NeighborMeans is null,
        [nameof(MlpOptions.NumberEmbedding)] = options => Equals(options.NumberEmbedding, s_defaults.NumberEmbedding),
        [nameof(MlpOptions.CategoryEmbedding)] = options => options.CategoryEmbedding is null,
        [nameof(MlpOptions.BatchEnsemble)] = options => options.BatchEnsemble is null,
        [nameof(MlpOptions.HiddenLayers)] = options => options.HiddenLayers is null || options.HiddenLayers.SequenceEqual(s_defaults.HiddenLayers),
        [nameof(MlpOptions.Activation)] = options => Equals(options.Activation, s_defaults.Activation),
        [nameof(MlpOptions.Initializer)] = options => Equals(options.Initializer, s_defaults.Initializer),
        [nameof(MlpOptions.OutputInitializer)] = options => options.OutputInitializer is null,
        [nameof(MlpOptions.BiasStart)] = options => options.BiasStart == s_defaults.BiasStart,
        [nameof(MlpOptions.Activations)] = options => options.Activations is null,
        [nameof(MlpOptions.Normalization)] = options => options.Normalization is null,
        [nameof(MlpOptions.ScalesInputs)] = options => !options.ScalesInputs,
        [nameof(MlpOptions.NeuralTangent)] = options => !options.NeuralTangent,
        [nameof(MlpOptions.FrozenHiddenLayers)] = options => options.FrozenHiddenLayers == 0,
        [nameof(MlpOptions.DropoutRate)] = options => options.DropoutRate == s_defaults.DropoutRate,
        [nameof(MlpOptions.DropoutRates)] = options => options.DropoutRates is null,
        [nameof(MlpOptions.DropConnectRate)] = options => options.DropConnectRate == s_defaults.DropConnectRate,
        [nameof(MlpOptions.InputDropoutRate)] = options => options.InputDropoutRate == s_defaults.InputDropoutRate,
        [nameof(MlpOptions.DropoutSchedule)] = options => Equals(options.DropoutSchedule, s_defaults.DropoutSchedule),
    };

    public static IEnumerable<string> Check(MlpOptions options)
    {
        if (options.Engine?.CustomNetwork is not { } network)
            yield break;

        foreach (var (name, _) in IsDefault.Where(option => !option.Value(options)))
            yield return $"{name} would have no effect, since the engine trains the network '{network.Name}': leave it at its default";
        if (options.Ensemble is not null)
            yield return $"Ensemble must be null: the mean of networks of the kind '{network.Name}' is for their code to take";
        if (options.MaximumNorm is not null)
            yield return $"MaximumNorm must be null: which weights enter a hidden unit only the code of the network '{network.Name}' knows";
        if (options.LearningRateFactors is { } factors && factors with { Weights = 1 } != new LearningRateFactors())
            yield return $"LearningRateFactors must be 1 but for Weights: the network '{network.Name}' does not tell biases, normalization and layers apart";
        if (options.WeightAveraging is StochasticAveragingOptions)
            yield return $"WeightAveraging must not be StochasticAveragingOptions: how to gather the statistics of the network '{network.Name}' anew only its code knows. Use ExponentialAveragingOptions";
    }
}
