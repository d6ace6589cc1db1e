namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>y = γ (x - mean) / √(variance + ε) + β, with the statistics of each row.</summary>
/// <param name="layer">The constants.</param>
/// <param name="scale">γ, or null.</param>
/// <param name="shift">β, or null.</param>
internal sealed class TorchLayerNormalizationLayer(LayerNormalizationLayer layer, Tensor? scale, Tensor? shift) : TorchLayer
{
    private readonly long[] _shape = [layer.Size];

    public override Tensor Forward(Tensor input, bool training) =>
        nn.functional.layer_norm(input, _shape, scale, shift, layer.Epsilon);
}
