using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Optimizers;

namespace MLExtensions.Networks.Tests;

/// <summary>Places for layers that a test opens by themselves.</summary>
internal static class LayerPlaces
{
    /// <summary>The place of a first layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="gradient">Receives the gradient with respect to that.</param>
    public static LayerPlace Of(Layer layer, StripMatrix input, StripMatrix gradient) => new()
    {
        Index = 0,
        BatchRows = input.Rows,
        Input = input,
        MayOverwriteInput = true,
        InputGradient = gradient,
        Store = new ParameterStore(layer.StoredLength),
        Offset = 0,
    };
}
