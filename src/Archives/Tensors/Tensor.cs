namespace MLExtensions.Archives;

/// <summary>A named array of numbers in a model archive.</summary>
public sealed record Tensor
{
    /// <summary>Makes a tensor of 32-bit numbers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="shape">The sizes; their product is the length of <paramref name="values"/>.</param>
    /// <param name="values">The values, row-major.</param>
    public Tensor(string name, IReadOnlyList<int> shape, float[] values)
        : this(name, shape, (Array)values) { }

    /// <summary>Makes a tensor of 64-bit numbers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="shape">The sizes; their product is the length of <paramref name="values"/>.</param>
    /// <param name="values">The values, row-major.</param>
    public Tensor(string name, IReadOnlyList<int> shape, double[] values)
        : this(name, shape, (Array)values) { }

    private Tensor(string name, IReadOnlyList<int> shape, Array values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(values);
        long length = shape.Aggregate(1L, (product, size) => checked(product * size));
        if (length != values.Length)
            throw new ArgumentException($"Tensor '{name}' of shape [{string.Join(", ", shape)}] needs {length} values, got {values.Length}.", nameof(values));

        Name = name;
        Shape = shape;
        Values = values;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The sizes of the dimensions.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The values, row-major: <c>float[]</c> or <c>double[]</c>.</summary>
    public Array Values { get; }
}
