namespace MLExtensions.Networks;

/// <summary>What an engine does at the update beside the optimizer's step. By default nothing.</summary>
public sealed record UpdateSettings
{
    /// <summary>Factors on the learning rate.</summary>
    public LearningRateFactors Factors { get; init; } = new();

    /// <summary>How many of the first hidden layers, with all that stands before them, stay as they are.</summary>
    public int FrozenHiddenLayers { get; init; }

    /// <summary>Whether each weight matrix moves by 1 / √inputs of the learning rate.</summary>
    public bool NeuralTangent { get; init; }

    /// <summary>Whether L1, L2 and weight decay act on biases and normalization parameters too, and not on weight matrices alone.</summary>
    public bool PenalizesAll { get; init; }

    /// <summary>The largest norm of the whole gradient of the loss; null for no limit. Excludes <see cref="ClipValue"/>.</summary>
    public float? ClipNorm { get; init; }

    /// <summary>The largest size of a component of the gradient of the loss; null for no limit.</summary>
    public float? ClipValue { get; init; }

    /// <summary>The largest norm of the weights that enter a hidden unit; null for no limit.</summary>
    public float? MaximumNorm { get; init; }

    /// <summary>The standard deviation of the noise on weight matrices in each step; 0 for none.</summary>
    public float WeightNoise { get; init; }

    /// <summary>The decay of the moving averages of weights and running statistics; null for none.</summary>
    public float? AverageDecay { get; init; }
}
