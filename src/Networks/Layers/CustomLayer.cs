using System.Text.Json.Serialization;

namespace MLExtensions.Networks;

/// <summary>A whole network that is code of the application: the only layer of its description. It maps [rows x inputs] to [rows x outputs].</summary>
/// <param name="Name">The name under which the application registers the code.</param>
/// <param name="Kind">What the code is written with, as in <c>ml.Register{Kind}Network</c>; letters.</param>
/// <param name="Inputs">The number of features, at least 1.</param>
/// <param name="Outputs">The number of logits or values of a row, at least 1.</param>
/// <param name="Tensors">What the network knows: everything that is trained or else must be kept.</param>
public sealed record CustomLayer(string Name, string Kind, int Inputs, int Outputs, IReadOnlyList<CustomTensor> Tensors) : Layer
{
    /// <summary>The code; null in a description that has just been read from an archive, which holds none.</summary>
    [JsonIgnore]
    public ICustomNetwork? Code { get; init; }
}
