namespace MLExtensions.Networks;

/// <content>The options of the network.</content>
public partial record MlpOptions
{
    /// <summary>
    /// How numbers among the features are scaled inside the trainer, by the rows that are trained on; robustly by default, which a scaler in
    /// front of the trainer does no harm to. Null for not at all: then scale them yourself, and replace missing values, which a scaling takes.
    /// </summary>
    public InputScaling? InputScaling { get; init; } = InputScaling.Robust;

    /// <summary>
    /// What training rows near a row, by two numbers at a time, tell of its label, as further inputs; null, the default, for nothing. The model keeps the training rows that it looks up.
    /// </summary>
    public NeighborMeansOptions? NeighborMeans { get; init; }

    /// <summary>The number of units of each hidden layer, first to last; each at least 1. Empty makes a linear model.</summary>
    public IReadOnlyList<int> HiddenLayers { get; init; } = [256, 128];

    /// <summary>The activation of the hidden layers; ReLU by default. Ignored where <see cref="Activations"/> is given.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>The activation of each hidden layer, as many as <see cref="HiddenLayers"/>; by default <see cref="Activation"/> for all.</summary>
    public IReadOnlyList<Activation>? Activations { get; init; }

    /// <summary>
    /// What numbers among the features become before the first layer: <see cref="PiecewiseLinearEmbedding"/>, <see cref="PeriodicEmbedding"/>,
    /// <see cref="CosineEmbedding"/>, <see cref="LinearEmbedding"/>; null leaves them as they are. By default
    /// <see cref="NumberEmbeddingByFeatures"/>, which is piecewise linear where numbers are not too many.
    /// </summary>
    public NumberEmbedding? NumberEmbedding { get; init; } = NumberEmbedding.ByFeatures;

    /// <summary>
    /// What categories among the features become: by default null, a value for each of their values, 0 or 1; else learned vectors for those
    /// of many values.
    /// </summary>
    public CategoryEmbedding? CategoryEmbedding { get; init; }

    /// <summary>
    /// Whether each feature (of a category, each of its values) is first multiplied by a learned factor, which starts at 1; false by
    /// default. A soft choice of features: what matters little shrinks for all units at once. No penalty or decay acts on the factors, but with <see cref="PenalizeAllParameters"/>;
    /// give them a rate of their own by <see cref="LearningRateFactors.InputScales"/>. The scaling layer of RealMLP (Holzmüller,
    /// Grinsztajn, Steinwart 2024, arXiv 2407.04491), where that is 6.
    /// </summary>
    public bool ScalesInputs { get; init; }

    /// <summary>
    /// What makes of the network several that share most of their weights, and whose mean is the score; null, the default, for one network.
    /// Beside it, <see cref="Ensemble"/> trains several that share nothing.
    /// </summary>
    public BatchEnsembleOptions? BatchEnsemble { get; init; }

    /// <summary>
    /// The distribution of the initial weights; Xavier uniform by default. He normal, which keeps the variance through many ReLU
    /// layers, starts networks of two or three layers rougher: try it for deeper ones.
    /// </summary>
    public WeightInitializer Initializer { get; init; } = WeightInitializer.XavierUniform;

    /// <summary>
    /// The distribution of the initial weights of the output layer; by default that of <see cref="Initializer"/>.
    /// <see cref="WeightInitializer.Zero"/> starts at predictions that are the same for all rows.
    /// </summary>
    public WeightInitializer? OutputInitializer { get; init; }

    /// <summary>
    /// The initial bias of the units of hidden layers; finite, 0 by default. Output units start at 0. Not with a
    /// <see cref="Normalization"/> before the activation, which would subtract it again.
    /// </summary>
    public float BiasStart { get; init; }

    /// <summary>
    /// How each hidden layer is normalized: over the batch, over its units, or, by default, null, not at all.
    /// </summary>
    public Normalization? Normalization { get; init; }

    /// <summary>The activation of a hidden layer.</summary>
    internal Activation ActivationOf(int hiddenLayer) => Activations is { } activations ? activations[hiddenLayer] : Activation;

    /// <summary>The activations of all hidden layers.</summary>
    private IEnumerable<Activation?> HiddenActivations => HiddenLayers is not { Count: > 0 } ? [] : Activations ?? [Activation];

    private IEnumerable<string> CheckNetwork()
    {
        foreach (string message in InputScaling?.Validate() ?? [])
            yield return $"InputScaling.{message}";
        foreach (string message in NeighborMeans?.Validate() ?? [])
            yield return $"NeighborMeans.{message}";
        if (NeighborMeans is not null && RowMemory is not null)
            yield return "NeighborMeans looks training rows up in memory, and RowMemory reads them from a file: set either to null; of Best, keep the other kinds: best with { Ensemble = best.Ensemble with { AlternatesWith = [.. best.Ensemble.AlternatesWith.Where(kind => kind.NeighborMeans is null)], Members = 8 } }";
        foreach (string message in NumberEmbedding?.Validate() ?? [])
            yield return $"NumberEmbedding.{message}";
        foreach (string message in CategoryEmbedding?.Validate() ?? [])
            yield return $"CategoryEmbedding.{message}";
        foreach (string message in BatchEnsemble?.Validate() ?? [])
            yield return $"BatchEnsemble.{message}";
        if (BatchEnsemble is not null && Normalization is BatchNormalization)
            yield return "Normalization over the batch would mix the members of a BatchEnsemble; use Normalization.Layer, or leave it null";
        if (HiddenLayers is null)
            yield return "HiddenLayers must not be null; use [] for a linear model";
        else
            foreach (var (index, units) in HiddenLayers.Index().Where(layer => layer.Item < 1))
                yield return Invariant($"HiddenLayers[{index}] must be at least 1, got {units}");

        foreach (string message in Check(Activation, "Activation"))
            yield return message;
        if (Activations is { } activations)
        {
            if (activations.Count != HiddenLayers?.Count)
                yield return Invariant($"Activations must have one for each of the {HiddenLayers?.Count} HiddenLayers, got {activations.Count}");
            foreach (string message in activations.Index().SelectMany(entry => Check(entry.Item, Invariant($"Activations[{entry.Index}]"))))
                yield return message;
        }
        foreach (string message in Initializer is null ? ["Initializer must not be null"] : Initializer.Validate().Select(message => $"Initializer.{message}"))
            yield return message;
        foreach (string message in OutputInitializer?.Validate() ?? [])
            yield return $"OutputInitializer.{message}";
        if (Initializer is { LeavesUnitsAlike: true } && HiddenLayers is { Count: > 0 })
            yield return "Initializer must not give all units of a hidden layer the same weights, or they stay alike; use it as OutputInitializer";
        foreach (string message in Normalization?.Validate() ?? [])
            yield return $"Normalization.{message}";
        foreach (string message in CheckLayerNormalization())
            yield return message;
        if (!float.IsFinite(BiasStart))
            yield return Invariant($"BiasStart must be finite, got {BiasStart}");
        else if (BiasStart != 0 && Normalization is { Placement: NormalizationPlacement.BeforeActivation })
            yield return "BiasStart must be 0 with a Normalization before the activation, which subtracts it again; place it after the activation";

        if (HiddenLayers is not { Count: 0 })
            yield break;
        if (Normalization is not null)
            yield return "Normalization is of hidden layers, and HiddenLayers is empty; leave it null";
        if (BatchEnsemble is not null)
            yield return "BatchEnsemble is of the hidden layers that its members share, and HiddenLayers is empty; leave it null";
        if (BiasStart != 0)
            yield return "BiasStart is of hidden units, and HiddenLayers is empty; leave it at 0";
        if (DropConnectRate > 0)
            yield return "DropConnectRate is of the weights of hidden layers, and HiddenLayers is empty; leave it at 0";
    }

    private IEnumerable<string> CheckLayerNormalization()
    {
        if (Normalization is not LayerNormalization)
            yield break;

        foreach (var (index, units) in (HiddenLayers ?? []).Index())
        {
            // The pieces of a maxout unit are several values.
            bool hasPieces = Normalization.Placement == NormalizationPlacement.BeforeActivation && (Activations?.ElementAtOrDefault(index) ?? Activation) is MaxoutActivation;
            if (units == 1 && !hasPieces)
                yield return Invariant($"Normalization over the units of a layer needs at least two, and HiddenLayers[{index}] has one, which would always become 0; use Normalization.Batch");
        }
    }

    private static IEnumerable<string> Check(Activation? activation, string name) =>
        activation is null ? [$"{name} must not be null"] : activation.Validate().Select(message => $"{name}.{message}");
}
