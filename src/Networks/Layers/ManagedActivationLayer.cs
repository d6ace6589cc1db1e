using MLExtensions.Networks.Activations;
using MLExtensions.Networks.Memory;

namespace MLExtensions.Networks.Layers;

/// <summary>Makes the layer of an <see cref="Activation"/>.</summary>
/// <param name="input">What the layer reads.</param>
/// <param name="mayOverwrite">Whether no other layer needs the input once this one has read it.</param>
/// <param name="gradient">The gradient with respect to input and output, or null.</param>
internal readonly struct ManagedActivationLayer(StripMatrix input, bool mayOverwrite, StripMatrix? gradient) : IActivationMaker<ManagedLayer>
{
    /// <summary>The layer.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="input">What the layer reads.</param>
    /// <param name="mayOverwrite">Whether no other layer needs the input once this one has read it.</param>
    /// <param name="gradient">The gradient with respect to input and output, or null.</param>
    public static ManagedLayer Create(Activation activation, StripMatrix input, bool mayOverwrite, StripMatrix? gradient) =>
        activation.MakeWith(new ManagedActivationLayer(input, mayOverwrite, gradient));

    /// <inheritdoc/>
    public ManagedLayer Make<TFunction>(TFunction function)
        where TFunction : struct, IVectorFunction => new ManagedActivationLayer<TFunction>(function)
        {
            Input = input,
            Output = mayOverwrite && TFunction.DerivativeUsesValue ? input : new StripMatrix(input.Rows, input.Columns),
            Gradient = gradient,
        };
}
