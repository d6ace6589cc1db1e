namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>x for x &gt; 0, else a x.</summary>
/// <param name="slopes">a, [units] or [1].</param>
internal sealed class TorchPReluLayer(Tensor slopes) : TorchLayer
{
    public override Tensor Forward(Tensor input, bool training) => nn.functional.prelu(input, slopes);
}
