namespace MLExtensions.Networks;

/// <summary>
/// y = γ (x - mean) / √(variance + ε) + β per unit. In training the mean and the biased variance are those of the batch,
/// and the running estimates move by <see cref="Momentum"/> towards the batch mean and the unbiased batch variance;
/// in scoring the running estimates are used.
/// </summary>
/// <param name="Size">The number of units.</param>
/// <param name="Epsilon">Added to the variance; positive, 1e-5 by default.</param>
/// <param name="Momentum">The weight of the newest batch in the running estimates, from 0 to 1; 0.1 by default.</param>
/// <param name="Affine">Whether γ and β are learned; without them they are 1 and 0. True by default.</param>
/// <remarks>Ioffe, Szegedy 2015, arXiv 1502.03167; constants and variances as in PyTorch's BatchNorm1d.</remarks>
public sealed record BatchNormalizationLayer(int Size, float Epsilon = 1e-5f, float Momentum = 0.1f, bool Affine = true) : Layer
{
    internal override IEnumerable<ParameterTensor> Parameters =>
    [
        .. Affine ? AffineTensors(Size) : [],
        Tensor("running_mean", ParameterRole.RunningMean, 0, Size), Tensor("running_var", ParameterRole.RunningVariance, 1, Size),
    ];

    // Statistics over the rows of all members would mix them.
    internal override int? MembersAfter(int members) => members == 1 ? 1 : null;

    internal override int? OutputsFor(int inputs) =>
        Size == inputs && Epsilon is > 0 and < float.PositiveInfinity && Momentum is >= 0 and <= 1 ? inputs : null;

    internal override string WriteOnnx(OnnxNetwork network, string input)
    {
        var factors = FactorsOf(name => network.Tensors(name));
        var graph = network.Graph;
        string scaled = graph.Multiply(graph.Subtract(input, Row(factors.Means)), Row(factors.Scales));
        return graph.Add(scaled, Row(factors.Shifts));

        string Row(double[] values) => graph.Constant(Array.ConvertAll(values, value => (float)value), values.Length);
    }

    internal override void WriteTorch(SequentialWriter writer)
    {
        string[] affine = Affine ? ["weight", "bias"] : [];
        writer.Add(TorchModule.Of("BatchNorm1d", Size, Epsilon, Momentum, Affine), [.. affine, "running_mean", "running_var"]);
        writer.AddBatchCount();
    }

    internal override ManagedLayer Open(LayerPlace place) => new ManagedBatchNormalizationLayer(this, place);

    internal override ScoringStep Score(ScoringPlan plan) => new UnitFactorsStep(FactorsOf(name => plan[name]));

    internal override UnitFactors FactorsOf(LayerTensors tensors)
    {
        var factors = new UnitFactors(Size);
        var means = tensors("running_mean");
        var variances = tensors("running_var");
        var scales = Affine ? tensors("weight") : default;
        var shifts = Affine ? tensors("bias") : default;
        for (int i = 0; i < Size; i++)
        {
            factors.Means[i] = means[i];
            factors.Scales[i] = (Affine ? scales[i] : 1) / Math.Sqrt((double)variances[i] + Epsilon);
            factors.Shifts[i] = Affine ? shifts[i] : 0;
        }

        return factors;
    }
}
