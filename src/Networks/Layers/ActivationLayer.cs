namespace MLExtensions.Networks;

/// <summary>Applies an activation function to every unit.</summary>
/// <param name="Activation">The function: one of the unit's value alone, without parameters.</param>
public sealed record ActivationLayer(Activation Activation) : Layer
{
    internal override string? MissingCode =>
        Activation is CustomActivation { IsRegistered: false } ? string.Concat(Activation.Validate()) : null;

    /// <summary>The layer that applies an activation.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="units">The number of units after it.</param>
    internal static Layer Of(Activation activation, int units) => activation switch
    {
        PReluActivation prelu => new PReluLayer(units, prelu.PerUnit),
        MixedActivation mixed => new MixedActivationLayer(units, mixed.Inner),
        MaxoutActivation maxout => new MaxoutLayer(units, maxout.Pieces),
        _ => new ActivationLayer(activation),
    };

    // Whether an own function is registered is asked when it is needed.
    internal override int? OutputsFor(int inputs) =>
        Activation is CustomActivation || (Activation is not null && !Activation.Validate().Any() && Of(Activation, inputs) is ActivationLayer) ? inputs : null;

    internal override string WriteOnnx(OnnxNetwork network, string input) => Activation.WriteOnnx(network.Graph, input);

    internal override void WriteTorch(SequentialWriter writer) => writer.Add(Activation.ToTorch());

    internal override ManagedLayer Open(LayerPlace place) => Activation is CustomActivation custom
        ? new ManagedCustomActivationLayer(custom.GetFunction(), place)
        : ManagedActivationLayer.Create(Activation, place);

    internal override ScoringStep? Score(ScoringPlan plan) => Activation switch
    {
        IdentityActivation => null,
        CustomActivation custom => new CustomActivationStep(custom.GetFunction(), plan.Width),
        _ => ActivationStep.Create(Activation, plan.Width),
    };
}
