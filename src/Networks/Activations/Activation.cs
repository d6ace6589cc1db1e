using System.Text.Json.Serialization;

namespace MLExtensions.Networks;

/// <summary>
/// The function applied to every unit of a hidden layer. Choose one from the static members, as in
/// <c>Activation = Activation.Relu</c>, or register one of your own with <see cref="CustomActivation.Register"/>.
/// </summary>
/// <remarks>
/// This type describes the function. Each of the derived records holds its formula for the managed engine too; other engines have
/// their own.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Name")]
[JsonDerivedType(typeof(IdentityActivation), "identity")]
[JsonDerivedType(typeof(SigmoidActivation), "sigmoid")]
[JsonDerivedType(typeof(TanhActivation), "tanh")]
[JsonDerivedType(typeof(ReluActivation), "relu")]
[JsonDerivedType(typeof(LeakyReluActivation), "leaky-relu")]
[JsonDerivedType(typeof(EluActivation), "elu")]
[JsonDerivedType(typeof(GeluActivation), "gelu")]
[JsonDerivedType(typeof(SiluActivation), "silu")]
[JsonDerivedType(typeof(SeluActivation), "selu")]
[JsonDerivedType(typeof(MishActivation), "mish")]
[JsonDerivedType(typeof(SoftplusActivation), "softplus")]
[JsonDerivedType(typeof(PReluActivation), "prelu")]
[JsonDerivedType(typeof(MixedActivation), "mixed")]
[JsonDerivedType(typeof(MaxoutActivation), "maxout")]
[JsonDerivedType(typeof(CustomActivation), "custom")]
public abstract record Activation
{
    private protected Activation() { }

    /// <summary>f(x) = x: the network becomes a linear model.</summary>
    public static Activation Identity { get; } = new IdentityActivation();

    /// <summary>f(x) = 1 / (1 + exp(-x)), between 0 and 1.</summary>
    public static Activation Sigmoid { get; } = new SigmoidActivation();

    /// <summary>f(x) = tanh(x), between -1 and 1.</summary>
    public static Activation Tanh { get; } = new TanhActivation();

    /// <summary>f(x) = max(0, x): the usual choice, together with He initialization.</summary>
    public static Activation Relu { get; } = new ReluActivation();

    /// <summary>f(x) = x for x &gt; 0, else 0.01 x.</summary>
    public static Activation LeakyRelu { get; } = new LeakyReluActivation();

    /// <summary>f(x) = x for x &gt; 0, else exp(x) - 1.</summary>
    public static Activation Elu { get; } = new EluActivation();

    /// <summary>f(x) = x Φ(x), with Φ the standard normal distribution function (the exact form; <see cref="GeluActivation"/> has the tanh form too).</summary>
    public static Activation Gelu { get; } = new GeluActivation();

    /// <summary>f(x) = x / (1 + exp(-x)), also known as swish.</summary>
    public static Activation Silu { get; } = new SiluActivation();

    /// <summary>f(x) = 1.0507 x for x &gt; 0, else 1.7581 (exp(x) - 1): self-normalizing, together with LeCun normal initialization.</summary>
    public static Activation Selu { get; } = new SeluActivation();

    /// <summary>f(x) = x tanh(log(1 + exp(x))).</summary>
    public static Activation Mish { get; } = new MishActivation();

    /// <summary>f(x) = log(1 + exp(x)), above 0.</summary>
    public static Activation Softplus { get; } = new SoftplusActivation();

    /// <summary>f(x) = x for x &gt; 0, else a x, with one learned slope a per layer that starts at 0.25.</summary>
    public static Activation PRelu { get; } = new PReluActivation();

    /// <summary>The larger of two linear functions for each unit, with twice the weights.</summary>
    public static Activation Maxout { get; } = new MaxoutActivation();

    /// <summary>The values that each unit is made of; the linear layer before the activation has so many times the units.</summary>
    internal virtual int LinearOutputsPerUnit => 1;

    /// <summary>Whether it is a relative of ReLU, near 0 on one side and growing without bound on the other: what initializers ask.</summary>
    internal virtual bool IsRectifier => false;

    /// <summary>The slope a hundredth of its range away from its limits; null for a function that has not two. Diagnostics call a unit saturated by it.</summary>
    internal virtual float? SaturatedSlope => null;

    /// <summary>Whether it has parameters that are learned.</summary>
    internal virtual bool IsLearned => false;

    /// <summary>Where these start.</summary>
    internal virtual float LearnedStart => 1;

    /// <summary>One message for each value outside its range.</summary>
    internal virtual IEnumerable<string> Validate() => [];

    /// <summary>Writes the function as operations of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="input">The name of the values.</param>
    /// <exception cref="NotSupportedException">It has no form in ONNX.</exception>
    internal virtual string WriteOnnx(OnnxGraph graph, string input) => throw new NotSupportedException($"The activation '{this}' has no form in ONNX.");

    /// <summary>The function as a module of PyTorch.</summary>
    /// <exception cref="NotSupportedException">PyTorch does not know it.</exception>
    internal virtual TorchModule ToTorch() => throw new NotSupportedException($"The activation '{this}' has no form in a torch.nn.Sequential: train with another, or write the model in the ONNX format (SaveOnnx).");

    /// <summary>Hands the function on vectors to whoever makes something of it for the managed engine.</summary>
    /// <param name="maker">Makes the result.</param>
    internal virtual TResult MakeWith<TResult>(IActivationMaker<TResult> maker) =>
        throw new NotSupportedException($"The managed engine has no kernel for the activation '{this}'.");
}
