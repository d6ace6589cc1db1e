namespace MLExtensions.Networks;

/// <content>The options of what keeps a network from learning its training rows by heart.</content>
public partial record MlpOptions
{
    /// <summary>
    /// The probability with which a hidden unit's output is zeroed in training, at least 0 and below 1; 0.1 by default. Ignored
    /// where <see cref="DropoutRates"/> is given.
    /// </summary>
    public float DropoutRate { get; init; } = 0.1f;

    /// <summary>The dropout rate of each hidden layer, as many as <see cref="HiddenLayers"/>; by default <see cref="DropoutRate"/> for all.</summary>
    public IReadOnlyList<float>? DropoutRates { get; init; }

    /// <summary>
    /// The probability with which a feature (of a category, each of its values) is zeroed in training, at least 0 and below 1; 0 by default.
    /// </summary>
    public float InputDropoutRate { get; init; }

    /// <summary>
    /// The probability with which a weight of the hidden layers is zeroed in a training step (DropConnect: Wan et al. 2013), at least 0
    /// and below 1; 0 by default. The rows of a batch share the mask.
    /// </summary>
    public float DropConnectRate { get; init; }

    /// <summary>λ of the penalty λ Σ |w| on weight matrices; at least 0 and finite, 0 by default.</summary>
    public float L1Regularization { get; init; }

    /// <summary>λ of the penalty λ/2 Σ w² on weight matrices; at least 0 and finite, 0 by default.</summary>
    public float L2Regularization { get; init; }

    /// <summary>The dropout rate of a hidden layer.</summary>
    internal float DropoutRateOf(int hiddenLayer) => DropoutRates is { } rates ? rates[hiddenLayer] : DropoutRate;

    /// <summary>Whether features or hidden units are zeroed at random in training.</summary>
    internal bool LeavesUnitsOut => InputDropoutRate > 0
        || (DropoutRates is { } rates ? rates.Any(rate => rate > 0) : DropoutRate > 0 && HiddenLayers is { Count: > 0 });

    private IEnumerable<string> CheckRegularization()
    {
        foreach (string message in Failures(Rate(DropoutRate), Rate(InputDropoutRate)))
            yield return message;
        if (DropoutRates is { } rates)
        {
            if (rates.Count != HiddenLayers?.Count)
                yield return Invariant($"DropoutRates must have one rate for each of the {HiddenLayers?.Count} HiddenLayers, got {rates.Count}");
            foreach (string message in rates.Select((rate, index) => Rate(rate, $"DropoutRates[{index}]")).OfType<string>())
                yield return message;
        }
        foreach (string message in Failures(Rate(DropConnectRate), NotNegative(L1Regularization), NotNegative(L2Regularization)))
            yield return message;
    }
}
