using System.Text.Json.Serialization;

namespace MLExtensions.Networks;

/// <summary>One entry in the list of layers that describes a network. Layers are data; engines give them behaviour.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Layer")]
[JsonDerivedType(typeof(LinearLayer), "linear")]
[JsonDerivedType(typeof(BatchNormalizationLayer), "batch-normalization")]
[JsonDerivedType(typeof(LayerNormalizationLayer), "layer-normalization")]
[JsonDerivedType(typeof(ActivationLayer), "activation")]
[JsonDerivedType(typeof(PReluLayer), "prelu")]
[JsonDerivedType(typeof(MaxoutLayer), "maxout")]
[JsonDerivedType(typeof(DropoutLayer), "dropout")]
[JsonDerivedType(typeof(CustomLayer), "custom")]
public abstract record Layer
{
    private protected Layer() { }
}
