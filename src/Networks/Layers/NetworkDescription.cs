namespace MLExtensions.Networks;

/// <summary>
/// A network as a plain list of layers, first to last. The last layer is linear: its outputs are logits
/// (classification) or values (regression). A network of an application's own is one <see cref="CustomLayer"/>.
/// </summary>
/// <param name="Inputs">The number of features, at least 1.</param>
/// <param name="Outputs">The number of values of the last layer, at least 1.</param>
/// <param name="Layers">The layers, in the order in which data passes through them.</param>
public sealed record NetworkDescription(int Inputs, int Outputs, IReadOnlyList<Layer> Layers) : IParameterSource
{
    /// <summary>What the slots of a row are; null for a network of an application's own, which gets rows as they are.</summary>
    internal RowLayout? Layout => Layers is [CustomLayer] ? null : Layers.FirstOrDefault()?.InputLayout ?? RowLayout.Numbers(Inputs);

    /// <inheritdoc/>
    IEnumerable<ParameterTensor> IParameterSource.Parameters => Layers.SelectMany((layer, index) =>
        layer.Parameters.Select(tensor => tensor with { Name = $"{index}.{tensor.Name}", LayerIndex = index }));
}
