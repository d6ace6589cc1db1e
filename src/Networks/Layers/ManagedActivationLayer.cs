namespace MLExtensions.Networks.Layers;

/// <summary>Makes the layer of an <see cref="Activation"/>.</summary>
/// <param name="place">Where the layer stands.</param>
internal readonly struct ManagedActivationLayer(LayerPlace place) : IActivationMaker<ManagedLayer>
{
    /// <summary>The layer.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="place">Where the layer stands.</param>
    public static ManagedLayer Create(Activation activation, LayerPlace place) =>
        activation.MakeWith(new ManagedActivationLayer(place));

    /// <inheritdoc/>
    public ManagedLayer Make<TFunction>(TFunction function)
        where TFunction : struct, IVectorFunction => new ManagedActivationLayer<TFunction>(function)
        {
            Input = place.Input,
            Output = place.MayOverwriteInput && TFunction.DerivativeUsesValue ? place.Input : place.NewMatrix(place.Input.Columns),
            Gradient = place.InputGradient,
        };
}
