namespace MLExtensions.Networks;

/// <content>The options of what happens at the update beside the optimizer's step.</content>
public partial record MlpOptions
{
    /// <summary>Factors on the learning rate by kind of parameter and by layer; all 1 by default.</summary>
    public LearningRateFactors LearningRateFactors { get; init; } = new();

    /// <summary>
    /// Whether each weight matrix moves by 1 / √inputs of the learning rate; false by default. That is the neural tangent parametrization
    /// h = W x / √inputs with what stands before x kept as one matrix, so that one rate suits layers of any width; about 10 times as high
    /// a rate goes with it as without. The decay of AdamW and its kin keeps the whole rate. For optimizers whose steps do not depend on
    /// the size of gradients: Adam, AdamW, AdamP, NAdam, Adamax, RMSprop, Adagrad. Jacot, Gabriel, Hongler 2018, arXiv 1806.07572; used by
    /// RealMLP (Holzmüller, Grinsztajn, Steinwart 2024, arXiv 2407.04491).
    /// </summary>
    public bool NeuralTangent { get; init; }

    /// <summary>
    /// How many of the first hidden layers stay as they start, and with them all that stands before them (embeddings, factors on features) and their normalization and
    /// activations; from 0, the default, to the number of <see cref="HiddenLayers"/>, which leaves the output layer alone to be trained. Of use with a
    /// warm start, <c>Fit(data, model)</c>. Running statistics of batch normalization follow the rows all the same, as in PyTorch.
    /// </summary>
    public int FrozenHiddenLayers { get; init; }

    /// <summary>
    /// Whether <see cref="L1Regularization"/>, <see cref="L2Regularization"/> and an optimizer's weight decay act on biases and
    /// normalization parameters too, and on what activations learn; false by default, as those few cannot fit noise and γ near 0 silences a unit.
    /// Needs one of the three above 0.
    /// </summary>
    public bool PenalizeAllParameters { get; init; }

    /// <summary>
    /// The largest norm c of the whole gradient: a longer one is multiplied by c / (norm + 1e-6). Positive and finite; null, the default,
    /// for no limit. Of the gradient of the loss, before penalties. As PyTorch's <c>clip_grad_norm_</c> (Pascanu, Mikolov, Bengio 2013).
    /// Excludes <see cref="ClipGradientValue"/>.
    /// </summary>
    public float? ClipGradientNorm { get; init; }

    /// <summary>
    /// The largest size of a component of the gradient of the loss; larger ones are cut, which turns the gradient. Positive and finite;
    /// null, the default, for no limit. As PyTorch's <c>clip_grad_value_</c>.
    /// </summary>
    public float? ClipGradientValue { get; init; }

    /// <summary>
    /// The largest norm c of the weights that enter a hidden unit: after each step longer ones n are multiplied by c / (n + 1e-7).
    /// Positive and finite; null, the default, for no limit. Biases and the output layer are free. As PyTorch's <c>renorm</c> on each row
    /// (Srivastava et al. 2014, JMLR 15, who took 3 to 4 with dropout).
    /// </summary>
    public float? MaximumNorm { get; init; }

    /// <summary>
    /// The standard deviation of Gaussian noise that is added to weight matrices for each step, forward and backward; the step moves the
    /// weights without noise. At least 0 and finite; 0, the default, for none. The noise of the managed engine depends on seed and step
    /// alone. Graves 2011, NIPS.
    /// </summary>
    public float WeightNoise { get; init; }

    /// <summary>
    /// Which averages of the weights are validated and become the model: <see cref="ExponentialAveragingOptions"/> or
    /// <see cref="StochasticAveragingOptions"/>. Training goes on from the present weights. By default a moving average over an
    /// epoch, which is better on most data; null for none.
    /// </summary>
    public WeightAveragingOptions? WeightAveraging { get; init; } = new ExponentialAveragingOptions();

    /// <summary>The options as an engine is told of them.</summary>
    /// <param name="stepsPerEpoch">The steps of the first epoch.</param>
    internal UpdateSettings UpdateSettingsFor(int stepsPerEpoch) => new()
    {
        Factors = LearningRateFactors,
        FrozenHiddenLayers = FrozenHiddenLayers,
        NeuralTangent = NeuralTangent,
        PenalizesAll = PenalizeAllParameters,
        ClipNorm = ClipGradientNorm,
        ClipValue = ClipGradientValue,
        MaximumNorm = MaximumNorm,
        WeightNoise = WeightNoise,
        AverageDecay = (WeightAveraging as ExponentialAveragingOptions)?.DecayFor(stepsPerEpoch),
    };

    /// <summary>The options as an optimizer is told of them.</summary>
    private TrainingFacts Facts => new()
    {
        HasHiddenLayers = HiddenLayers is not { Count: 0 },
        CustomNetwork = Engine?.CustomNetwork?.Name,
        CutsBatches = BatchSize is not null || (BatchSizeRule is not null && BatchSizeRule != BatchSizeRule.ByRows) || BatchGrowth is not null || DropLastBatch,
        StratifiesBatches = StratifiedBatches,
        HasDropout = HasDropout,
        HasNoise = WeightNoise > 0 || InputNoise > 0 || RowMixing is not null,
        VariesDecay = WeightDecaySchedule is not (null or ConstantSchedule),
        HasLimits = ClipGradientNorm is not null || ClipGradientValue is not null || MaximumNorm is not null,
        HasRateFactors = FrozenHiddenLayers > 0 || (LearningRateFactors is not null && LearningRateFactors != new LearningRateFactors()),
    };

    private IEnumerable<string> CheckUpdate()
    {
        foreach (string message in LearningRateFactors is null ? ["LearningRateFactors must not be null"] : LearningRateFactors.Validate().Select(message => $"LearningRateFactors.{message}"))
            yield return message;

        foreach (string message in Failures(Positive(ClipGradientNorm), Positive(ClipGradientValue), Positive(MaximumNorm)))
            yield return message;
        if (FrozenHiddenLayers < 0 || FrozenHiddenLayers > (HiddenLayers?.Count ?? 0))
            yield return Invariant($"FrozenHiddenLayers must be from 0 to {HiddenLayers?.Count ?? 0}, the number of HiddenLayers, got {FrozenHiddenLayers}");
        if (NeuralTangent && Optimizer is { IgnoresGradientScale: false })
            yield return $"NeuralTangent needs an optimizer whose steps do not depend on the size of gradients, as AdamOptions, AdamWOptions or RmsPropOptions, got {Optimizer.GetType().Name}";
        foreach (string message in CheckTargets())
            yield return message;
        if (ClipGradientNorm is not null && ClipGradientValue is not null)
            yield return "ClipGradientNorm and ClipGradientValue exclude one another";
        if (MaximumNorm is not null && HiddenLayers is { Count: 0 })
            yield return "MaximumNorm limits the weights of hidden units, and HiddenLayers is empty";
        if (NotNegative(WeightNoise) is { } ofNoise)
            yield return ofNoise;
        foreach (string message in WeightAveraging?.Validate(NumberOfEpochs) ?? [])
            yield return $"WeightAveraging.{message}";
        foreach (string message in Optimizer?.CheckBeside(Facts) ?? [])
            yield return message;
    }

    /// <summary>Whether options have something to act on.</summary>
    private IEnumerable<string> CheckTargets()
    {
        if (PenalizeAllParameters && !HasDecay)
            yield return "PenalizeAllParameters needs a decay to extend: set L1Regularization, L2Regularization or the WeightDecay of the optimizer, if it has one, above 0";
        // What a network of the engine's own has is checked with it.
        if (Engine?.CustomNetwork is not null || LearningRateFactors is not { } factors)
            yield break;
        if (factors.Normalization != 1 && !(Normalization is { Affine: true } && HiddenLayers is { Count: > 0 }))
            yield return "LearningRateFactors.Normalization needs a Normalization with Affine to act on; leave it at 1";
        if (factors.ActivationSlopes != 1 && !HiddenActivations.Any(activation => activation is { IsLearned: true }))
            yield return "LearningRateFactors.ActivationSlopes needs PReLU or a MixedActivation to act on; leave it at 1";
        if (factors.Embeddings != 1 && NumberEmbedding?.For(1, HiddenLayers is { Count: 0 }) is null && CategoryEmbedding is null)
            yield return "LearningRateFactors.Embeddings needs a NumberEmbedding or a CategoryEmbedding to act on; leave it at 1";
        if (factors.InputScales != 1 && !ScalesInputs)
            yield return "LearningRateFactors.InputScales needs ScalesInputs to act on; leave it at 1";
    }
}
