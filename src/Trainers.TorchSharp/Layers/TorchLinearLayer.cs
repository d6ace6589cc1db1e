namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>y = x Wᵀ + b.</summary>
/// <param name="weight">W, [outputs x inputs].</param>
/// <param name="bias">b, [outputs].</param>
/// <param name="precision">The precision of the product.</param>
/// <param name="dropConnect">What is done to W in training.</param>
internal sealed class TorchLinearLayer(Tensor weight, Tensor bias, MatrixPrecision precision, TorchDropoutLayer dropConnect) : TorchLayer
{
    public override void BeginStep(in StepSettings settings) => dropConnect.BeginStep(settings);

    public override Tensor Forward(Tensor input, bool training)
    {
        var w = dropConnect.Forward(weight, training);
        return precision == MatrixPrecision.BFloat16
            ? nn.functional.linear(input.to(ScalarType.BFloat16), w.to(ScalarType.BFloat16)).to(ScalarType.Float32) + bias
            : nn.functional.linear(input, w, bias);
    }
}
