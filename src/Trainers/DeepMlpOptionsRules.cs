namespace MLExtensions.Trainers;

/// <summary>The rules that options must keep whatever the data, each with its message.</summary>
internal static class DeepMlpOptionsRules
{
    public static IEnumerable<string> Check(DeepMlpOptions options) =>
    [
        .. CheckColumns(options),
        .. CheckNetwork(options),
        .. CheckDropout(options),
        .. CheckTraining(options),
        .. CheckClassWeights(options),
        .. CustomNetworkRules.Check(options),
    ];

    private static IEnumerable<string> CheckColumns(DeepMlpOptions options)
    {
        if (string.IsNullOrEmpty(options.LabelColumnName))
            yield return "LabelColumnName must not be empty";
        if (string.IsNullOrEmpty(options.FeatureColumnName))
            yield return "FeatureColumnName must not be empty";
        if (options.ExampleWeightColumnName is "")
            yield return "ExampleWeightColumnName must be null or not empty";
    }

    private static IEnumerable<string> CheckNetwork(DeepMlpOptions options)
    {
        if (options.HiddenLayers is null)
            yield return "HiddenLayers must not be null; use [] for a linear model";
        else
            foreach (var (index, units) in options.HiddenLayers.Index().Where(layer => layer.Item < 1))
                yield return $"HiddenLayers[{index}] must be at least 1, got {units}";

        if (options.Activation is null)
            yield return "Activation must not be null";
        else if (options.Activation is LeakyReluActivation leaky && !float.IsFinite(leaky.Slope))
            yield return $"Activation.Slope must be finite, got {leaky.Slope}";
        else if (options.Activation is EluActivation elu && !IsPositive(elu.Alpha))
            yield return $"Activation.Alpha must be positive and finite, got {elu.Alpha}";

        if (options.Initializer is null)
            yield return "Initializer must not be null";
        else if (options.Initializer is SmallNormalInitializer small && !IsPositive(small.StandardDeviation))
            yield return $"Initializer.StandardDeviation must be positive and finite, got {small.StandardDeviation}";
        if (!float.IsFinite(options.BiasStart))
            yield return $"BiasStart must be finite, got {options.BiasStart}";
    }

    private static IEnumerable<string> CheckDropout(DeepMlpOptions options)
    {
        if (!IsRate(options.DropoutRate))
            yield return $"DropoutRate must be at least 0 and below 1, got {options.DropoutRate}";
        if (!IsRate(options.InputDropoutRate))
            yield return $"InputDropoutRate must be at least 0 and below 1, got {options.InputDropoutRate}";
        if (options.DropoutRates is not { } rates)
            yield break;

        if (rates.Count != options.HiddenLayers?.Count)
            yield return $"DropoutRates must have one rate for each of the {options.HiddenLayers?.Count} HiddenLayers, got {rates.Count}";
        foreach (var (index, rate) in rates.Index().Where(entry => !IsRate(entry.Item)))
            yield return $"DropoutRates[{index}] must be at least 0 and below 1, got {rate}";
    }

    private static IEnumerable<string> CheckTraining(DeepMlpOptions options)
    {
        if (options.Optimizer is null)
            yield return "Optimizer must not be null";
        else
            foreach (string message in options.Optimizer.Validate())
                yield return $"Optimizer.{message}";

        if (!IsPenalty(options.L1Regularization))
            yield return $"L1Regularization must be at least 0 and finite, got {options.L1Regularization}";
        if (!IsPenalty(options.L2Regularization))
            yield return $"L2Regularization must be at least 0 and finite, got {options.L2Regularization}";
        if (options.BatchSize < 1)
            yield return $"BatchSize must be at least 1, got {options.BatchSize}";
        if (options.NumberOfEpochs < 1)
            yield return $"NumberOfEpochs must be at least 1, got {options.NumberOfEpochs}";
        foreach (string message in options.EarlyStopping?.Validate() ?? [])
            yield return message;
    }

    private static IEnumerable<string> CheckClassWeights(DeepMlpOptions options)
    {
        if (options.ClassWeights is not { } weights)
            yield break;

        if (options.BalanceClasses)
            yield return "ClassWeights and BalanceClasses exclude one another";
        foreach (var (index, weight) in weights.Index().Where(entry => !IsPenalty(entry.Item)))
            yield return $"ClassWeights[{index}] must be at least 0 and finite, got {weight}";
    }

    private static bool IsRate(float value) => value >= 0 && value < 1;

    private static bool IsPenalty(float value) => value >= 0 && float.IsFinite(value);

    private static bool IsPositive(float value) => value > 0 && float.IsFinite(value);
}
