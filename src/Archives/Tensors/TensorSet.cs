namespace MLExtensions.Archives;

/// <summary>The tensors of one component, each to be taken once by name and shape.</summary>
public sealed class TensorSet
{
    private readonly Dictionary<string, Tensor> _left = [];

    internal TensorSet(IEnumerable<Tensor> tensors)
    {
        foreach (var tensor in tensors)
        {
            if (!_left.TryAdd(tensor.Name, tensor))
                throw new FormatException($"tensor '{tensor.Name}' stands twice");
        }
    }

    /// <summary>Takes a tensor of 32-bit numbers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="shape">The shape that the description asks for.</param>
    /// <exception cref="FormatException">There is no such tensor, or it is of another type or shape.</exception>
    public float[] TakeSingles(string name, params IReadOnlyList<int> shape) => Take<float[]>(name, shape);

    /// <summary>Takes a tensor of 64-bit numbers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="shape">The shape that the description asks for.</param>
    /// <exception cref="FormatException">There is no such tensor, or it is of another type or shape.</exception>
    public double[] TakeDoubles(string name, params IReadOnlyList<int> shape) => Take<double[]>(name, shape);

    internal void RequireAllTaken()
    {
        if (_left.Count > 0)
            throw new FormatException($"it does not know tensor '{_left.Keys.First()}'");
    }

    private T Take<T>(string name, IReadOnlyList<int> shape)
        where T : class
    {
        if (!_left.Remove(name, out var tensor))
            throw new FormatException($"tensor '{name}' is missing");
        if (tensor.Values is not T values || !tensor.Shape.SequenceEqual(shape))
        {
            throw new FormatException($"tensor '{name}' is {tensor.Values.GetType().Name} of shape [{string.Join(", ", tensor.Shape)}], " +
                $"expected {typeof(T).Name} of shape [{string.Join(", ", shape)}]");
        }
        return values;
    }
}
