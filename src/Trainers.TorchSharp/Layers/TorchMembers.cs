namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>The layers that make of one network several: rows of members stand next to one another.</summary>
internal static class TorchMembers
{
    /// <summary>[rows x values] to [rows of members x values].</summary>
    /// <param name="factors">[members x values].</param>
    /// <param name="size">The number of values.</param>
    public static TorchFunction Input(Tensor factors, int size) => new(x => (x.unsqueeze(1) * factors).view(-1, size));

    /// <summary>A product and, where there are summands, a sum for rows of members.</summary>
    /// <param name="factors">[members x values].</param>
    /// <param name="summands">[members x values], or null.</param>
    public static TorchFunction Scaling(Tensor factors, Tensor? summands) => new(x =>
    {
        var scaled = x.view(-1, factors.shape[0], factors.shape[1]) * factors;
        return (summands is null ? scaled : scaled + summands).view(-1, factors.shape[1]);
    });
}

/// <summary>A linear layer for each member: in training a row for each member, [rows x members x outputs], in scoring their mean.</summary>
/// <param name="layer">The sizes.</param>
/// <param name="weight">[members x outputs x inputs].</param>
/// <param name="bias">[members x outputs].</param>
/// <param name="precision">The precision of the product.</param>
internal sealed class TorchMemberOutputLayer(MemberOutputLayer layer, Tensor weight, Tensor bias, MatrixPrecision precision) : TorchLayer
{
    public override Tensor Forward(Tensor input, bool training)
    {
        // [members x rows x inputs] times [members x inputs x outputs].
        var rows = input.view(-1, layer.Members, layer.Inputs).transpose(0, 1);
        var matrices = weight.transpose(1, 2);
        var products = precision == MatrixPrecision.BFloat16
            ? rows.to(ScalarType.BFloat16).bmm(matrices.to(ScalarType.BFloat16)).to(ScalarType.Float32)
            : rows.bmm(matrices);
        var outputs = products.transpose(0, 1) + bias;
        return training ? outputs.reshape(-1, layer.Outputs) : MeanOf(outputs);
    }

    // As the managed engine does it: in double precision.
    private Tensor MeanOf(Tensor outputs)
    {
        const double Least = double.Epsilon;
        var z = outputs.to(ScalarType.Float64);
        return (layer.Mean switch
        {
            EnsembleMean.Classes => z.softmax(2).mean([1]).clamp(Least).log(),
            EnsembleMean.Logits => z.sigmoid().mean([1]).clamp(Least).log() - (-z).sigmoid().mean([1]).clamp(Least).log(),
            _ => z.mean([1]),
        }).to(ScalarType.Float32);
    }
}
