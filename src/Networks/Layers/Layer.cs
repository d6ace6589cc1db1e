using System.Text.Json.Serialization;

namespace MLExtensions.Networks;

/// <summary>
/// One entry in the list of layers that describes a network. A layer answers for itself: which sizes fit, which parameters it has, how the
/// managed engine trains it and how it is scored. Engines of another kind have a table.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Layer")]
[JsonDerivedType(typeof(LinearLayer), "linear")]
[JsonDerivedType(typeof(BatchNormalizationLayer), "batch-normalization")]
[JsonDerivedType(typeof(LayerNormalizationLayer), "layer-normalization")]
[JsonDerivedType(typeof(ActivationLayer), "activation")]
[JsonDerivedType(typeof(PReluLayer), "prelu")]
[JsonDerivedType(typeof(MixedActivationLayer), "mixed-activation")]
[JsonDerivedType(typeof(MaxoutLayer), "maxout")]
[JsonDerivedType(typeof(DropoutLayer), "dropout")]
[JsonDerivedType(typeof(ScalingLayer), "scaling")]
[JsonDerivedType(typeof(OneHotLayer), "one-hot")]
[JsonDerivedType(typeof(EmbeddingLayer), "embedding")]
[JsonDerivedType(typeof(AffineInputLayer), "affine-input")]
[JsonDerivedType(typeof(QuantileInputLayer), "quantile-input")]
[JsonDerivedType(typeof(NeighborMeansLayer), "neighbor-means")]
[JsonDerivedType(typeof(EnsembleLayer), "ensemble")]
[JsonDerivedType(typeof(MemberInputLayer), "member-input")]
[JsonDerivedType(typeof(MemberScalingLayer), "member-scaling")]
[JsonDerivedType(typeof(MemberOutputLayer), "member-output")]
[JsonDerivedType(typeof(CustomLayer), "custom")]
public abstract record Layer
{
    private protected Layer() { }

    /// <summary>The tensors of the layer, named and placed as if it were the only one.</summary>
    internal virtual IEnumerable<ParameterTensor> Parameters => [];

    /// <summary>The floats that the trained parameters take in a store: by default a padded row for each tensor.</summary>
    internal virtual int StoredLength => Parameters.Where(tensor => tensor.IsTrained).Sum(tensor => ParameterVector.StoredLength(tensor.Length));

    /// <summary>Whether training draws random numbers in the layer, so that the loss is another function in each step.</summary>
    internal virtual bool IsRandom => false;

    /// <summary>What the application has to do before the layer can be computed; null for nothing.</summary>
    internal virtual string? MissingCode => null;

    /// <summary>What the slots of a row are, for a layer that must know: such a one stands first, or behind a layer that leaves them so (<see cref="OutputLayout"/>). Null for one that takes any numbers.</summary>
    internal virtual RowLayout? InputLayout => null;

    /// <summary>What the slots of a row are behind the layer, for one that is fitted before training and leaves them so; null for all others.</summary>
    internal virtual RowLayout? OutputLayout => null;

    /// <summary>The number of values that the layer gives; null where its sizes or constants are impossible or do not fit.</summary>
    /// <param name="inputs">The number of values that it is given, at least 1.</param>
    internal abstract int? OutputsFor(int inputs);

    /// <summary>The networks that rows are of behind the layer, which are several between a <see cref="MemberInputLayer"/> and a <see cref="MemberOutputLayer"/>; null where they do not fit.</summary>
    /// <param name="members">Those that rows are of before it.</param>
    internal virtual int? MembersAfter(int members) => members;

    /// <summary>How many of the values that the layer gives, one after the other, are made of each value that it is given.</summary>
    /// <param name="inputs">The number of values that it is given.</param>
    internal virtual IEnumerable<int> WidthsOf(int inputs) => Enumerable.Repeat(1, inputs);

    /// <summary>Draws the starting values of tensors that only the layer knows how to start.</summary>
    /// <param name="tensors">Gives the tensors of the layer by name.</param>
    /// <param name="random">The source of randomness.</param>
    internal virtual void Draw(Func<string, Memory<float>> tensors, RandomStream random)
    {
    }

    /// <summary>Fits what the layer has to learn of the training rows before training.</summary>
    /// <param name="tensors">Gives the tensors of the layer by name.</param>
    /// <param name="data">The data.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="classes">The number of classes that targets are numbers of; 0 where they are amounts.</param>
    internal virtual void Fit(Func<string, Memory<float>> tensors, DataBlock data, ReadOnlySpan<int> rows, int classes)
    {
    }

    /// <summary>Makes the layer ready to be trained.</summary>
    /// <param name="place">Where it stands.</param>
    internal abstract ManagedLayer Open(LayerPlace place);

    /// <summary>What the layer does in scoring; null for nothing.</summary>
    /// <param name="plan">The plan, which has come to this layer.</param>
    internal abstract ScoringStep? Score(ScoringPlan plan);

    /// <summary>Writes what the layer does in scoring as operations of a graph.</summary>
    /// <param name="network">The network that is written, at this layer.</param>
    /// <param name="input">The name of the values before the layer.</param>
    /// <returns>The name of the values behind it.</returns>
    /// <exception cref="NotSupportedException">The layer has no form in ONNX.</exception>
    internal abstract string WriteOnnx(OnnxNetwork network, string input);

    /// <summary>Writes what the layer does as modules of PyTorch.</summary>
    /// <param name="writer">The <c>torch.nn.Sequential</c>, which has come to this layer.</param>
    /// <exception cref="NotSupportedException">The layer has no form there.</exception>
    internal abstract void WriteTorch(SequentialWriter writer);

    /// <summary>What the layer does in scoring, where that is a product and a sum for each unit; else null.</summary>
    /// <param name="tensors">Gives the tensors of the layer by name.</param>
    internal virtual UnitFactors? FactorsOf(LayerTensors tensors) => null;

    /// <summary>A tensor of the layer.</summary>
    private protected static ParameterTensor Tensor(string name, ParameterRole role, float start, params int[] shape) =>
        new(name, LayerIndex: 0, role, shape, Offset: 0) { Start = start };

    /// <summary>A tensor that is fitted before training and kept, not trained.</summary>
    private protected static ParameterTensor Statistic(string name, params int[] shape) => Tensor(name, ParameterRole.InputStatistic, 0, shape);

    /// <summary>Tells that a layer has no form in PyTorch.</summary>
    /// <param name="what">The layer in words.</param>
    /// <param name="instead">What to do.</param>
    private protected static NotSupportedException NoTorch(string what, string instead) =>
        new($"{what} has no form in a torch.nn.Sequential: {instead}, or write the model in the ONNX format (SaveOnnx).");

    /// <summary>γ and β of a normalization.</summary>
    private protected static ParameterTensor[] AffineTensors(int size) =>
        [Tensor("weight", ParameterRole.NormalizationScale, 1, size), Tensor("bias", ParameterRole.NormalizationShift, 0, size)];
}
