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

    /// <summary>The network as a table of at most 100 columns: what is done to features, then the layers with the values that they give and their parameters.</summary>
    /// <param name="featureNames">The names of the features, empty where one has none; null where none has.</param>
    /// <exception cref="ArgumentException">There are not as many names as features.</exception>
    public string Summary(IReadOnlyList<string>? featureNames = null) => featureNames is null || featureNames.Count == Inputs
        ? NetworkSummary.Of(this, featureNames)
        : throw new ArgumentException(Invariant($"Expected {Plural.Of(Inputs, "name")}, one for each feature, got {featureNames.Count}."), nameof(featureNames));
}
