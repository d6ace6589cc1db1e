namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>Embeddings of numbers and categories, as <see cref="EmbeddingLayer"/> defines them.</summary>
/// <param name="layer">The layer.</param>
/// <param name="parameter">Gives its tensors by name.</param>
internal sealed class TorchEmbeddingLayer(EmbeddingLayer layer, Func<string, Tensor> parameter) : TorchLayer
{
    private readonly long[] _embedded = [.. layer.Embedded.Select(slot => (long)slot)];

    public override Tensor Forward(Tensor input, bool training)
    {
        using var scope = NewDisposeScope();
        var numbers = _embedded.Length > 0 ? EmbedNumbers(input) : null;
        var parts = new List<Tensor>();
        int number = 0, category = 0;
        for (int slot = 0; slot < layer.Layout.Width; slot++)
        {
            if (number < _embedded.Length && _embedded[number] == slot)
            {
                parts.Add(numbers!.select(0, number++));
                if (layer.Numbers!.KeepsNumber)
                    parts.Add(input.narrow(1, slot, 1));
            }
            else if (layer.Layout.IsCategory(slot))
            {
                parts.Add(Encode(input.narrow(1, slot, 1), layer.Layout.Categories[category], layer.CategoryDimensions[category]));
                category++;
            }
            else
            {
                parts.Add(input.narrow(1, slot, 1));
            }
        }
        return cat(parts, 1).MoveToOuterDisposeScope();
    }

    // What equals no index gives zeros alone, as it does in scoring.
    private Tensor Encode(Tensor values, CategorySlot slot, int dimension)
    {
        var indices = arange(slot.Count, ScalarType.Float32, values.device);
        var oneHot = values.eq(indices).to(ScalarType.Float32);
        return dimension == 0 ? oneHot : oneHot.matmul(parameter(EmbeddingLayer.NameOf(slot)));
    }

    // [numbers x rows x dimension].
    private Tensor EmbedNumbers(Tensor input)
    {
        var x = input.index_select(1, tensor(_embedded, device: input.device)).transpose(0, 1).unsqueeze(2);
        var z = Functions(x).matmul(parameter("weight")) + parameter("bias").unsqueeze(1);
        return layer.Numbers!.IsRectified ? z.relu() : z;
    }

    // φ of x, [numbers x rows x 1]: [numbers x rows x functions].
    private Tensor Functions(Tensor x)
    {
        switch (layer.Numbers)
        {
            case LinearEmbedding:
                return x;
            case PeriodicEmbedding:
                var angles = x * parameter("frequency").unsqueeze(1) * (2 * Math.PI);
                return cat([angles.cos(), angles.sin()], 2);
            case CosineEmbedding:
                return (x * parameter("frequency").unsqueeze(1) * (2 * Math.PI) + parameter("phase").unsqueeze(1)).cos();
            case PiecewiseLinearEmbedding { Rectified: var rectified }:
                var shares = Shares(x);
                return rectified ? shares : cat([x, shares], 2);
            default:
                throw new NotSupportedException($"The TorchSharp engine has no embedding for {layer.Numbers?.GetType().Name}.");
        }
    }

    private Tensor Shares(Tensor x)
    {
        var edges = parameter("edges").detach().unsqueeze(1);
        long bins = edges.size(2) - 1;
        var lower = edges.narrow(2, 0, bins);
        var upper = edges.narrow(2, 1, bins);
        var present = upper.lt(float.MaxValue);
        var width = where(present, upper - lower, ones_like(upper));

        // The first bin has no lower end, the last that is there no upper one.
        var isFirst = zeros_like(present);
        isFirst.narrow(2, 0, 1).fill_(true);
        var isLast = present.logical_and(cat([present.narrow(2, 1, bins - 1), zeros_like(present.narrow(2, 0, 1))], 2).logical_not());
        var shares = (x - where(present, lower, zeros_like(lower))) / width;
        shares = where(isFirst, shares, shares.clamp_min(0));
        shares = where(isLast, shares, shares.clamp_max(1));
        return where(present, shares, zeros_like(shares));
    }
}
