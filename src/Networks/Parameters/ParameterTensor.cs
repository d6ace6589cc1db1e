namespace MLExtensions.Networks;

/// <summary>The place of one tensor in the flat array of a network's parameters.</summary>
/// <param name="Name">
/// The layer's index in the list of layers and the tensor's name, as in <c>0.weight</c> or <c>1.running_mean</c>: the keys
/// that PyTorch's <c>nn.Sequential</c> gives the same list of layers.
/// </param>
/// <param name="LayerIndex">The layer's index in the list of layers.</param>
/// <param name="Role">What the tensor is for.</param>
/// <param name="Shape">[outputs x inputs] for a weight matrix (row-major), [1] for a shared slope, [units] for all others; as the code has it for a network of an application's own.</param>
/// <param name="Offset">The index of the tensor's first value in the flat array.</param>
public sealed record ParameterTensor(string Name, int LayerIndex, ParameterRole Role, IReadOnlyList<int> Shape, int Offset)
{
    /// <summary>The number of values.</summary>
    public int Length { get; } = Shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>What the values are before training, where nothing draws them.</summary>
    internal float Start { get; init; }

    /// <summary>Whether the values of each row ascend, as quantiles and edges of bins do, which scoring searches.</summary>
    internal bool Ascends { get; init; }

    /// <summary>Whether training changes the tensor by gradient steps; running statistics are not trained.</summary>
    public bool IsTrained => Role is not (ParameterRole.RunningMean or ParameterRole.RunningVariance or ParameterRole.CustomState or ParameterRole.InputStatistic);
}
