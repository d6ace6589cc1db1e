namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>x s, with a factor s for each value.</summary>
/// <param name="factors">s, [values].</param>
internal sealed class TorchScalingLayer(Tensor factors) : TorchLayer
{
    public override Tensor Forward(Tensor input, bool training) => input * factors;
}
