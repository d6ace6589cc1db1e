namespace MLExtensions.Networks;

/// <summary>
/// Inverted dropout: in training each value is zeroed with probability <see cref="Rate"/> and otherwise divided by
/// 1 - rate; in scoring the layer does nothing, unless the spread of thinned networks is asked for.
/// </summary>
/// <param name="Rate">The probability of zeroing a value, at least 0 and below 1.</param>
/// <remarks>Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov 2014, JMLR 15.</remarks>
public sealed record DropoutLayer(float Rate) : Layer
{
    internal override bool IsRandom => Rate > 0;

    internal override int? OutputsFor(int inputs) => Rate is >= 0 and < 1 ? inputs : null;

    internal override string WriteOnnx(OnnxNetwork network, string input) => input;

    internal override void WriteTorch(SequentialWriter writer) => writer.AddDropout(Rate);

    internal override ManagedLayer Open(LayerPlace place) => place.Previous is { IsRectifier: true } rectifier
        ? new ManagedRectifiedDropoutLayer(Rate, place, rectifier) : new ManagedDropoutLayer(Rate, place);

    internal override ScoringStep? Score(ScoringPlan plan) => plan.DropoutKey is { } key && Rate > 0 ? new DropoutStep(new DropoutMask(Rate, key, plan.Index), plan.Width) : null;
}
