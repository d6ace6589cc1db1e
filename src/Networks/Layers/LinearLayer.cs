namespace MLExtensions.Networks;

/// <summary>y = W x + b, with W stored as [outputs x inputs], row-major, and b as [outputs].</summary>
/// <param name="Inputs">The number of inputs, the fan-in of the layer; at least 1.</param>
/// <param name="Outputs">The number of units, the fan-out of the layer; at least 1.</param>
/// <param name="DropConnectRate">
/// The probability with which a weight is zeroed in a training step, at least 0 and below 1; the others are divided by 1 - rate. All
/// rows of the batch have the same mask, and biases are never zeroed. 0 by default; without effect in scoring.
/// </param>
/// <remarks>DropConnect: Wan, Zeiler, Zhang, LeCun, Fergus 2013, ICML; scaled as dropout is, with one mask per step.</remarks>
public sealed record LinearLayer(int Inputs, int Outputs, float DropConnectRate = 0) : Layer
{
    internal override IEnumerable<ParameterTensor> Parameters =>
        [Tensor("weight", ParameterRole.Weight, 0, Outputs, Inputs), Tensor("bias", ParameterRole.Bias, 0, Outputs)];

    /// <remarks>The matrix and the bias as one more row of it.</remarks>
    internal override int StoredLength => StripMatrix.LengthOf(Inputs + 1, Outputs);

    internal override bool IsRandom => DropConnectRate > 0;

    internal override int? OutputsFor(int inputs) => Inputs == inputs && Outputs > 0 && DropConnectRate is >= 0 and < 1 ? Outputs : null;

    internal override string WriteOnnx(OnnxNetwork network, string input) =>
        network.Graph.Add(network.Graph.Node("MatMul", [input, OnnxMatrix.Transposed(network, "weight", Outputs, Inputs)]), network.Row("bias"));

    internal override void WriteTorch(SequentialWriter writer) => writer.AddLinear(Inputs, Outputs, writer.Tensors("weight"), writer.Tensors("bias"));

    internal override ManagedLayer Open(LayerPlace place) => new ManagedLinearLayer(this, place);

    // ((W x + b) - mean) scale + shift = (scale W) x + (b - mean) scale + shift, in double precision, rounded once.
    internal override ScoringStep Score(ScoringPlan plan)
    {
        var matrix = plan["weight"];
        var bias = plan["bias"];
        var next = plan.TakeNextFactors();
        var prepared = new StripMatrix(Inputs + 1, Outputs);
        for (int output = 0; output < Outputs; output++)
        {
            double scale = next?.Scales[output] ?? 1;
            for (int input = 0; input < Inputs; input++)
                prepared[input, output] = (float)(matrix[output * Inputs + input] * scale);
            prepared[Inputs, output] = next is null ? bias[output] : (float)((bias[output] - next.Means[output]) * scale + next.Shifts[output]);
        }

        return new LinearStep(prepared);
    }
}
