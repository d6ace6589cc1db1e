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
    public ParameterLayout(IParameterSource network)
    {
        ArgumentNullException.ThrowIfNull(network);

        var tensors = new List<ParameterTensor>();
        foreach (var tensor in network.Parameters.OrderBy(tensor => tensor.IsTrained ? 0 : 1))
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
}
