namespace MLExtensions.Networks;

/// <summary>
/// The distribution from which the initial weights of a linear layer are drawn. Choose one from the static members, as in
/// <c>Initializer = WeightInitializer.HeNormal</c>. Biases start at <c>MlpOptions.BiasStart</c>.
/// </summary>
public abstract record WeightInitializer
{
    private protected WeightInitializer() { }

    /// <summary>Normal with standard deviation √(2 / fan_in); the choice for ReLU and its relatives.</summary>
    public static WeightInitializer HeNormal { get; } = new HeNormalInitializer();

    /// <summary>Uniform within ±√(6 / fan_in); the choice for ReLU and its relatives.</summary>
    public static WeightInitializer HeUniform { get; } = new HeUniformInitializer();

    /// <summary>Normal with standard deviation √(2 / (fan_in + fan_out)); the choice for sigmoid and tanh.</summary>
    public static WeightInitializer XavierNormal { get; } = new XavierNormalInitializer();

    /// <summary>Uniform within ±√(6 / (fan_in + fan_out)); the choice for sigmoid and tanh.</summary>
    public static WeightInitializer XavierUniform { get; } = new XavierUniformInitializer();

    /// <summary>Normal with standard deviation √(1 / fan_in).</summary>
    public static WeightInitializer LeCunNormal { get; } = new LeCunNormalInitializer();

    /// <summary>Uniform within ±√(3 / fan_in).</summary>
    public static WeightInitializer LeCunUniform { get; } = new LeCunUniformInitializer();

    /// <summary>Uniform within ±1 / √fan_in: the default of PyTorch's <c>nn.Linear</c>.</summary>
    public static WeightInitializer FanInUniform { get; } = new FanInUniformInitializer();

    /// <summary>Orthogonal rows or columns of length 1; for deep networks.</summary>
    public static WeightInitializer Orthogonal { get; } = new OrthogonalInitializer();

    /// <summary>Orthogonal, then scaled layer by layer such that the first training rows give outputs of unit variance (LSUV).</summary>
    public static WeightInitializer UnitVariance { get; } = new UnitVarianceInitializer();

    /// <summary>All weights 0; for <c>MlpOptions.OutputInitializer</c>.</summary>
    public static WeightInitializer Zero { get; } = new ConstantInitializer();

    /// <summary>Normal with standard deviation 0.01, whatever the layer's size.</summary>
    public static WeightInitializer SmallNormal { get; } = new SmallNormalInitializer();

    /// <summary>For each layer the choice of <see cref="ForActivation"/> for the activation behind it.</summary>
    public static WeightInitializer ByActivation { get; } = new ByActivationInitializer();

    /// <summary>
    /// What textbooks pair with an activation, so that the variance neither grows nor fades from layer to layer: He normal for ReLU and
    /// its relatives, Xavier uniform for functions that are linear near 0 and level off, as sigmoid and tanh. In networks of two or three
    /// layers another may start better: see <c>MlpOptions.Initializer</c>.
    /// </summary>
    /// <param name="activation">The activation of the hidden layers.</param>
    public static WeightInitializer ForActivation(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);

        return activation is SeluActivation or MixedActivation { Inner: SeluActivation } ? LeCunNormal : activation.IsRectifier ? HeNormal : XavierUniform;
    }

    /// <summary>Whether all units of a layer start with the same weights.</summary>
    internal virtual bool LeavesUnitsAlike => false;

    /// <summary>What draws the weights of a layer in front of an activation.</summary>
    /// <param name="activation">The activation; the identity behind the output layer.</param>
    internal virtual WeightInitializer For(Activation activation) => this;

    /// <summary>Draws the weights of one layer.</summary>
    /// <param name="weights">Receives the weights, <c>[fanOut x fanIn]</c>.</param>
    /// <param name="fanIn">The inputs of the layer.</param>
    /// <param name="fanOut">The outputs of the layer.</param>
    /// <param name="random">The source of randomness.</param>
    internal abstract void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random);

    /// <summary>Changes weights once all are drawn and biases set, by what the network makes of training rows.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="network">The network.</param>
    /// <param name="data">The rows.</param>
    /// <param name="rows">The indices of the training rows.</param>
    /// <param name="isMine">Whether this initializer drew a tensor.</param>
    /// <param name="random">The source of randomness.</param>
    internal virtual void Adapt(
        NetworkWeights weights, NetworkDescription network, DataBlock data, ReadOnlySpan<int> rows, Func<ParameterTensor, bool> isMine, RandomStream random)
    {
    }

    /// <summary>One message for each value outside its range.</summary>
    internal virtual IEnumerable<string> Validate() => [];

    private protected static void FillNormal(Span<float> weights, double standardDeviation, RandomStream random)
    {
        foreach (ref float weight in weights)
            weight = (float)(standardDeviation * random.NextNormal());
    }

    private protected static void FillUniform(Span<float> weights, double bound, RandomStream random)
    {
        foreach (ref float weight in weights)
            weight = (float)(bound * (2 * random.NextUniform() - 1));
    }
}
