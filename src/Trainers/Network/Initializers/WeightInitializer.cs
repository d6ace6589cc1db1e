using MLExtensions.Trainers.Random;

namespace MLExtensions.Trainers;

/// <summary>
/// The distribution from which the initial weights of a linear layer are drawn. Choose one from the static members, as in
/// <c>Initializer = WeightInitializer.HeNormal</c>. Biases start at <c>DeepMlpOptions.BiasStart</c>.
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

    /// <summary>Normal with standard deviation 0.01, whatever the layer's size.</summary>
    public static WeightInitializer SmallNormal { get; } = new SmallNormalInitializer();

    /// <summary>Draws the weights of one layer.</summary>
    /// <param name="weights">Receives the weights, <c>[fanOut x fanIn]</c>.</param>
    /// <param name="fanIn">The inputs of the layer.</param>
    /// <param name="fanOut">The outputs of the layer.</param>
    /// <param name="random">The source of randomness.</param>
    internal abstract void Fill(Span<float> weights, int fanIn, int fanOut, RandomStream random);

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
