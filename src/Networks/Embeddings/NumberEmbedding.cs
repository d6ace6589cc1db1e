using System.Text.Json.Serialization;

namespace MLExtensions.Networks;

/// <summary>
/// How each number among the features becomes several values before the first layer: functions φ of the number, which are the family's, then
/// z = V φ(x) + b with V and b of the feature's own. Slots that are 0 or 1 in all training rows stay as they are.
/// </summary>
/// <remarks>
/// Gorishniy, Rubachev, Babenko 2022, "On embeddings for numerical features in tabular deep learning", arXiv 2203.05556. Networks with
/// embeddings follow steps and ripples that those on plain numbers smooth over.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Embedding")]
[JsonDerivedType(typeof(LinearEmbedding), "linear")]
[JsonDerivedType(typeof(PeriodicEmbedding), "periodic")]
[JsonDerivedType(typeof(CosineEmbedding), "cosine")]
[JsonDerivedType(typeof(PiecewiseLinearEmbedding), "piecewise-linear")]
public abstract record NumberEmbedding
{
    private const int Most = 4096;

    private static readonly string[] s_none = [];

    private protected NumberEmbedding()
    {
    }

    /// <summary>The embedding that follows from the number of features; the default of the trainers.</summary>
    public static NumberEmbedding ByFeatures { get; } = new NumberEmbeddingByFeatures();

    /// <summary>What a network has of it; null for numbers as they are.</summary>
    /// <param name="numbers">How many numbers there are to embed.</param>
    /// <param name="isLinear">Whether the network has no hidden layer.</param>
    internal virtual NumberEmbedding? For(int numbers, bool isLinear) => this;

    /// <summary>The number of values z of a feature, from 1 to 4,096.</summary>
    public int Dimension { get; init; } = 16;

    /// <summary>The number of functions φ.</summary>
    internal abstract int BasisCount { get; }

    /// <summary>Whether z is set to 0 where it is negative.</summary>
    internal abstract bool IsRectified { get; }

    /// <summary>Whether the number itself stands behind z.</summary>
    internal virtual bool KeepsNumber => false;

    /// <summary>The values of a feature.</summary>
    internal int Outputs => Dimension + (KeepsNumber ? 1 : 0);

    /// <summary>What is learned of the functions: names of tensors, each of as many values for a feature.</summary>
    internal virtual IReadOnlyList<string> LearnedVectors => s_none;

    /// <summary>The length of each of these.</summary>
    internal virtual int VectorLength => 0;

    /// <summary>The values for a feature that are fitted to the training rows before training: tensor <c>edges</c>; 0 for none.</summary>
    internal virtual int EdgeCount => 0;

    /// <summary>Draws the starting values of one feature.</summary>
    /// <param name="weight">V transposed, [functions x dimension].</param>
    /// <param name="bias">b.</param>
    /// <param name="vectors">The learned vectors, in order.</param>
    /// <param name="random">The source of randomness.</param>
    internal abstract void Start(Span<float> weight, Span<float> bias, IReadOnlyList<Memory<float>> vectors, RandomStream random);

    /// <summary>Finds the edges of one feature.</summary>
    /// <param name="values">Its values in the training rows.</param>
    /// <param name="targets">The targets of these rows.</param>
    /// <param name="edges">Receives them.</param>
    internal virtual void Fit(float[] values, float[] targets, Span<float> edges)
    {
    }

    /// <summary>The functions of one feature; of shares of bins, which are 0 and 1 but for one, the sums are computed without them.</summary>
    /// <param name="vectors">Where the learned vectors are, each of <see cref="VectorLength"/> with padding.</param>
    internal virtual NumberBasis CreateBasis(IReadOnlyList<nint> vectors) => throw new NotSupportedException("Its functions are not computed each.");

    /// <summary>Writes the functions that are combined linearly, as operations of a graph.</summary>
    /// <param name="network">The network that is written, at its embeddings.</param>
    /// <param name="numbers">The numbers, [rows x count x 1].</param>
    /// <param name="count">How many numbers there are.</param>
    /// <returns>[rows x count x <see cref="BasisCount"/>].</returns>
    internal virtual string WriteOnnxBasis(OnnxNetwork network, string numbers, int count) => throw new NotSupportedException($"The embedding {GetType().Name} has no form in ONNX.");

    /// <summary>Whether sizes can be.</summary>
    internal bool IsPossible => Dimension is >= 1 and <= Most && BasisCount is >= 1 and <= Most;

    /// <summary>One message for each value outside its range.</summary>
    internal virtual IEnumerable<string> Validate() =>
        Dimension is >= 1 and <= Most ? [] : [Invariant($"Dimension must be from 1 to {Most}, got {Dimension}")];

    /// <summary>A message where a number of functions cannot be.</summary>
    private protected static string? FromOneTo(int most, int value, string name) =>
        value >= 1 && value <= most ? null : Invariant($"{name} must be from 1 to {most}, got {value}");

    /// <summary>Draws from ±limit, evenly.</summary>
    private protected static void DrawUniform(Span<float> values, double limit, RandomStream random)
    {
        foreach (ref float value in values)
            value = (float)(limit * (2 * random.NextUniform() - 1));
    }

    /// <summary>Draws from a normal distribution.</summary>
    private protected static void DrawNormal(Span<float> values, double deviation, RandomStream random)
    {
        foreach (ref float value in values)
            value = (float)(deviation * random.NextNormal());
    }
}
