namespace MLExtensions.Trainers;

/// <content>The options of a network that is there.</content>
public sealed partial record DeepMlpOptions
{
    /// <summary>
    /// These options with the network of a model: layers, activations, normalization, dropout, and what a regression is trained on. With them <c>trainer.Fit(rows, model)</c> trains the model on, such as one that
    /// <c>LoadPyTorch</c> gave.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">Options cannot describe the network; the message names the layer.</exception>
    public DeepMlpOptions WithNetworkOf(DeepMlpModelParameters model)
    {
        ArgumentNullException.ThrowIfNull(model);

        var options = (DeepMlpOptions)NetworkOptions.Describing(this, model.Network);
        return model.Link.Scaling is { } scaling ? options with { LabelTransform = scaling.Transform, ClampScores = scaling.Clamp } : options;
    }
}
