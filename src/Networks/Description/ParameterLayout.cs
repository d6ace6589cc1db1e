namespace MLExtensions.Networks;

/// <summary>
/// Where each tensor of a network lies in one flat array: first every trained tensor in the order of the layers,
/// so that an optimizer makes one pass over <c>[0, TrainedLength)</c>, then the running statistics.
/// </summary>
public sealed class ParameterLayout
{
    /// <summary>Lays out the parameters of a network.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="OverflowException">The network has more than 2,147,483,647 parameters.</exception>
    public ParameterLayout(NetworkDescription network)
    {
        ArgumentNullException.ThrowIfNull(network);

        var unplaced = network.Layers.SelectMany(TensorsOf).ToArray();
        var tensors = new List<ParameterTensor>(unplaced.Length);
        foreach (var tensor in unplaced.OrderBy(t => t.IsTrained ? 0 : 1))
        {
            tensors.Add(tensor with { Offset = Length });
            Length = checked(Length + tensor.Length);
            if (tensor.IsTrained)
                TrainedLength = Length;
        }
        Tensors = tensors;
    }

    /// <summary>The tensors in the order of their offsets, without gaps.</summary>
    public IReadOnlyList<ParameterTensor> Tensors { get; }

    /// <summary>The number of values of all tensors.</summary>
    public int Length { get; }

    /// <summary>The number of values of the tensors that are trained; these come first.</summary>
    public int TrainedLength { get; }

    /// <summary>The tensor of a layer for a purpose. Allocates nothing.</summary>
    internal ParameterTensor Find(int layer, ParameterRole role)
    {
        for (int i = 0; i < Tensors.Count; i++)
        {
            if (Tensors[i].LayerIndex == layer && Tensors[i].Role == role)
                return Tensors[i];
        }
        throw new ArgumentException($"Layer {layer} has no {role}.");
    }

    private static IEnumerable<ParameterTensor> TensorsOf(Layer layer, int index)
    {
        return layer switch
        {
            LinearLayer linear =>
            [
                Unplaced("weight", ParameterRole.Weight, linear.Outputs, linear.Inputs),
                Unplaced("bias", ParameterRole.Bias, linear.Outputs),
            ],
            BatchNormalizationLayer normalization =>
            [
                .. Affine(normalization.Affine, normalization.Size),
                Unplaced("running_mean", ParameterRole.RunningMean, normalization.Size),
                Unplaced("running_var", ParameterRole.RunningVariance, normalization.Size),
            ],
            LayerNormalizationLayer normalization => Affine(normalization.Affine, normalization.Size),
            PReluLayer prelu => [Unplaced("weight", ParameterRole.ActivationSlope, prelu.PerUnit ? prelu.Size : 1)],
            CustomLayer custom => custom.Tensors.Select(tensor => Unplaced(tensor.Name, tensor.Role, [.. tensor.Shape])),
            _ => Array.Empty<ParameterTensor>(),
        };

        ParameterTensor[] Affine(bool affine, int size) => !affine ? [] :
        [
            Unplaced("weight", ParameterRole.NormalizationScale, size),
            Unplaced("bias", ParameterRole.NormalizationShift, size),
        ];

        ParameterTensor Unplaced(string name, ParameterRole role, params int[] shape) =>
            new($"{index}.{name}", index, role, shape, Offset: 0);
    }
}
