namespace MLExtensions.Networks;

/// <summary>The values of every parameter of a network, in one flat array laid out by a <see cref="ParameterLayout"/>.</summary>
public sealed class NetworkWeights
{
    /// <summary>Makes weights that are all zero.</summary>
    /// <param name="layout">The layout.</param>
    public NetworkWeights(ParameterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);

        Layout = layout;
        Values = new float[layout.Length];
    }

    /// <summary>Where each tensor lies in <see cref="Values"/>.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>The values, <c>[Layout.Length]</c>.</summary>
    public float[] Values { get; }

    /// <summary>The values of one tensor of this layout, row-major.</summary>
    /// <param name="tensor">A tensor of <see cref="Layout"/>.</param>
    public Span<float> this[ParameterTensor tensor] => Values.AsSpan(tensor.Offset, tensor.Length);

    /// <summary>The values of the tensor of a name such as <c>0.weight</c>, row-major.</summary>
    /// <param name="name">The name of a tensor of <see cref="Layout"/>.</param>
    /// <exception cref="ArgumentException">The layout has no tensor of that name.</exception>
    public Span<float> this[string name] => this[Layout.Find(name)
        ?? throw new ArgumentException($"No tensor is named '{name}'; there are {string.Join(", ", Layout.Tensors.Select(t => t.Name))}.", nameof(name))];

    /// <summary>Gives or sets the values, tensor by tensor.</summary>
    /// <param name="state">The exchange.</param>
    internal void Exchange(StateExchange state)
    {
        foreach (var tensor in Layout.Tensors)
            state.Values(tensor.Name, this[tensor]);
    }

    /// <summary>A copy with an array of its own.</summary>
    public NetworkWeights Clone()
    {
        var clone = new NetworkWeights(Layout);
        Values.CopyTo(clone.Values, 0);
        return clone;
    }
}
