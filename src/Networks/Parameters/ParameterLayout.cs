namespace MLExtensions.Networks;

/// <summary>
/// Where each tensor of a network lies in one flat array: first every trained tensor in the order of the layers,
/// so that an optimizer makes one pass over <c>[0, TrainedLength)</c>, then the running statistics.
/// </summary>
public sealed class ParameterLayout
{
    // Of 100,000 layers each asks for its own. Two threads may both make one, and either will do.
    private Dictionary<string, ParameterTensor>? _byName;
    private Dictionary<(int Layer, ParameterRole Role), ParameterTensor>? _byPlace;

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

    /// <summary>The tensor of a layer for a purpose. Allocates nothing but the first time.</summary>
    internal ParameterTensor Find(int layer, ParameterRole role) => (_byPlace ??= ByFirst(tensor => (tensor.LayerIndex, tensor.Role)))
        .GetValueOrDefault((layer, role)) ?? throw new ArgumentException($"Layer {layer} has no {role}.");

    /// <summary>The tensor of a name; null where there is none.</summary>
    internal ParameterTensor? Find(string name) => (_byName ??= ByFirst(tensor => tensor.Name)).GetValueOrDefault(name);

    private Dictionary<TKey, ParameterTensor> ByFirst<TKey>(Func<ParameterTensor, TKey> keyOf)
        where TKey : notnull
    {
        var found = new Dictionary<TKey, ParameterTensor>(Tensors.Count);
        foreach (var tensor in Tensors)
            found.TryAdd(keyOf(tensor), tensor);
        return found;
    }
}
