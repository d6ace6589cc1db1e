using static TorchSharp.torch;

namespace MLExtensions.Trainers.TorchSharp;

/// <summary>y = x Wᵀ + b.</summary>
/// <param name="weight">W, [outputs x inputs].</param>
/// <param name="bias">b, [outputs].</param>
/// <param name="precision">The precision of the product.</param>
internal sealed class TorchLinearLayer(Tensor weight, Tensor bias, MatrixPrecision precision) : TorchLayer
{
    public override Tensor Forward(Tensor input, bool training) => precision == MatrixPrecision.BFloat16
        ? nn.functional.linear(input.to(ScalarType.BFloat16), weight.to(ScalarType.BFloat16)).to(ScalarType.Float32) + bias
        : nn.functional.linear(input, weight, bias);
}
