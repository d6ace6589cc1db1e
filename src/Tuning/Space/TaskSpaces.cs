using MLExtensions.Networks.HostOptimizers;

namespace MLExtensions.Tuning.Space;

/// <summary>The spaces that are searched where none is given: what matters most as a rule, around the options that are given.</summary>
internal static class TaskSpaces
{
    /// <summary>The space of a task.</summary>
    public static SearchSpace Of(LossTasks task, DeepMlpOptions options)
    {
        if (task is not (LossTasks.BinaryClassification or LossTasks.MulticlassClassification or LossTasks.MultilabelClassification or LossTasks.Regression))
            throw new ArgumentOutOfRangeException(nameof(task), task, "Expected one of the tasks.");

        var space = LearningRate(new SearchSpace(), options);
        if (options.Engine?.CustomNetwork is not null)
            return space;
        if (options.HiddenLayers is not { Count: > 0 })
            return Penalty(space);

        space = space
            .Integer("Layers", 1, 4, (o, layers) => o with { HiddenLayers = Repeat(o.HiddenLayers[0], layers), Activations = null, DropoutRates = null })
            .Integer("Width", 64, 512, (o, width) => o with { HiddenLayers = Repeat(Rounded(width), o.HiddenLayers.Count) }, log: true);
        space = options.Optimizer is LbfgsOptions ? Penalty(space) : WeightDecay(space.Linear("DropoutRate", 0, 0.5, (o, rate) => o with { DropoutRate = (float)rate }), options);
        space = Embedding(space, options);
        if (options.Activation == Activation.Relu && options.Activations is null)
            space = space.Choice("Activation", [("relu", Activation.Relu), ("silu", Activation.Silu), ("selu", Activation.Selu)], (o, activation) => o with { Activation = activation });
        if (options.Normalization is null)
            space = space.Choice("Normalization", [("none", null), ("layer", Normalization.Layer)], (DeepMlpOptions o, Normalization? normalization) => o with { Normalization = normalization });
        return options.BatchEnsemble is not null || options.Normalization is BatchNormalization || options.Optimizer is LbfgsOptions ? space
            : space.Choice("BatchEnsemble", [("none", null), ("8 members", new BatchEnsembleOptions { Members = 8 })], (DeepMlpOptions o, BatchEnsembleOptions? ensemble) => o with { BatchEnsemble = ensemble });
    }

    // A tenth to ten times the given rate: presets have theirs where their other options want them.
    private static SearchSpace LearningRate(SearchSpace space, DeepMlpOptions options) =>
        options.Optimizer.LearningRate is > 0 and var rate && options.Optimizer is not IHostOptimizerOptions
            ? space.Log("LearningRate", rate / 10, rate * 10, (o, value) => o with { Optimizer = o.Optimizer with { LearningRate = (float)value } })
            : space;

    private static SearchSpace WeightDecay(SearchSpace space, DeepMlpOptions options) => options.Optimizer is AdamOptions or AdamWOptions
        ? space.Log("WeightDecay", 1e-5, 1, (o, decay) => o with { Optimizer = AdamW(o.Optimizer) with { WeightDecay = (float)decay } })
        : space;

    private static SearchSpace Penalty(SearchSpace space) => space.Log("L2Regularization", 1e-7, 1e-1, (o, penalty) => o with { L2Regularization = (float)penalty });

    private static SearchSpace Embedding(SearchSpace space, DeepMlpOptions options) => options.NumberEmbedding is not (null or NumberEmbeddingByFeatures) ? space
        : space.Choice("NumberEmbedding", [("none", null), ("piecewise linear", NumberEmbedding.ByFeatures), ("periodic", new PeriodicEmbedding())], (DeepMlpOptions o, NumberEmbedding? embedding) => o with { NumberEmbedding = embedding })
            .When("NumberEmbedding", ["periodic"], inner => inner.Log("Frequencies", 0.01, 1, (o, deviation) => o with { NumberEmbedding = new PeriodicEmbedding { Deviation = (float)deviation } }));

    private static AdamWOptions AdamW(OptimizerOptions optimizer) => optimizer switch
    {
        AdamWOptions decayed => decayed,
        AdamOptions adam => new AdamWOptions
        {
            LearningRate = adam.LearningRate,
            Beta1 = adam.Beta1,
            Beta2 = adam.Beta2,
            Epsilon = adam.Epsilon,
            AmsGrad = adam.AmsGrad,
            BiasCorrection = adam.BiasCorrection,
        },
        _ => throw new InvalidOperationException($"{optimizer.GetType().Name} has no weight decay."),
    };

    private static int[] Repeat(int width, int layers) => [.. Enumerable.Repeat(width, layers)];

    // Whole vectors, which take no longer than a part of one.
    private static int Rounded(int width) => (width + 8) / 16 * 16;
}
