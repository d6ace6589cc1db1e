namespace MLExtensions.Networks.Tests;

/// <summary>The cases that tests run through.</summary>
internal static class Cases
{
    private static readonly Dictionary<string, Activation> s_activations = new()
    {
        ["identity"] = Networks.Activation.Identity,
        ["sigmoid"] = Networks.Activation.Sigmoid,
        ["tanh"] = Networks.Activation.Tanh,
        ["relu"] = Networks.Activation.Relu,
        ["leaky-relu"] = Networks.Activation.LeakyRelu,
        ["elu"] = Networks.Activation.Elu,
        ["gelu"] = Networks.Activation.Gelu,
        ["silu"] = Networks.Activation.Silu,
        ["gelu tanh"] = new GeluActivation(GeluForm.Tanh),
        ["selu"] = Networks.Activation.Selu,
        ["mish"] = Networks.Activation.Mish,
        ["softplus"] = Networks.Activation.Softplus,
        ["softplus 2.5"] = new SoftplusActivation(2.5f),
    };

    /// <summary>The names of all activations.</summary>
    public static IEnumerable<string> Activations => s_activations.Keys;

    /// <summary>
    /// Optimizers in all their modes. Their ε is large where they divide by the size of the gradient: with a small one a
    /// gradient that is zero but for rounding becomes a step of full length in a random direction.
    /// </summary>
    public static IReadOnlyDictionary<string, OptimizerOptions> Optimizers { get; } = new Dictionary<string, OptimizerOptions>
    {
        ["sgd"] = new SgdOptions(),
        ["sgd momentum"] = new SgdOptions { Momentum = 0.9f },
        ["sgd nesterov"] = new SgdOptions { Momentum = 0.8f, Nesterov = true },
        ["adam"] = new AdamOptions { Epsilon = 0.01f },
        ["adamw"] = new AdamWOptions { Epsilon = 0.01f, WeightDecay = 0.1f },
        ["rmsprop"] = new RmsPropOptions { Epsilon = 0.05f },
        ["rmsprop momentum"] = new RmsPropOptions { Epsilon = 0.05f, Momentum = 0.7f },
        ["rmsprop centered"] = new RmsPropOptions { Epsilon = 0.05f, Momentum = 0.5f, Centered = true },
    };

    /// <summary>The optimizers that are not among <see cref="Optimizers"/>, which every activation is tried with.</summary>
    public static IReadOnlyDictionary<string, OptimizerOptions> FurtherOptimizers { get; } = new Dictionary<string, OptimizerOptions>
    {
        ["adam uncorrected"] = new AdamOptions { Epsilon = 0.01f, BiasCorrection = false },
        ["adam amsgrad"] = new AdamOptions { Epsilon = 0.01f, AmsGrad = true },
        ["adamw uncorrected"] = new AdamWOptions { Epsilon = 0.01f, BiasCorrection = false, WeightDecay = 0.1f },
        ["adamw amsgrad"] = new AdamWOptions { Epsilon = 0.01f, AmsGrad = true, WeightDecay = 0.1f },
        ["nadam"] = new NAdamOptions { Epsilon = 0.01f },
        ["radam"] = new RAdamOptions { Epsilon = 0.05f },
        ["adamp"] = new AdamPOptions { Epsilon = 0.01f, WeightDecay = 0.1f },
        ["adamp projected"] = new AdamPOptions { Epsilon = 0.01f, WeightDecay = 0.1f, Delta = 100, Nesterov = true },
        ["muon"] = new MuonOptions { LearningRate = 0.05f, AdamWLearningRate = 0.1f, Epsilon = 0.01f, WeightDecay = 0.1f },
        ["muon plain"] = new MuonOptions { LearningRate = 0.1f, AdamWLearningRate = 0.02f, Epsilon = 0.01f, Momentum = 0.5f, Nesterov = false, NewtonSchulzSteps = 3 },
        ["adamax"] = new AdamaxOptions { Epsilon = 0.01f },
        ["adagrad"] = new AdagradOptions { Epsilon = 0.05f, LearningRateDecay = 0.1f, InitialAccumulator = 0.01f },
        ["adadelta"] = new AdadeltaOptions { Epsilon = 0.01f },
    };

    public static Activation Activation(string name) => s_activations[name];

    /// <summary>An optimizer of either list.</summary>
    public static OptimizerOptions Optimizer(string name) => Optimizers.TryGetValue(name, out var options) ? options : FurtherOptimizers[name];

    /// <summary>Whether a bias is cancelled by the normalization behind it, so that its gradient is rounding alone.</summary>
    public static bool IsBiasBeforeNormalization(NetworkDescription network, ParameterTensor tensor) =>
        tensor.Role == ParameterRole.Bias && network.Layers.ElementAtOrDefault(tensor.LayerIndex + 1) is BatchNormalizationLayer;
}
