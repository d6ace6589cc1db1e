using TorchSharp.Modules;

namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>A function applied to every unit.</summary>
internal sealed class TorchActivationLayer : TorchLayer
{
    private readonly Func<Tensor, Tensor> _function;

    /// <summary>Makes the layer.</summary>
    /// <param name="activation">The function.</param>
    public TorchActivationLayer(Activation activation) => _function = activation switch
    {
        IdentityActivation => x => x,
        SigmoidActivation => x => x.sigmoid(),
        TanhActivation => x => x.tanh(),
        ReluActivation => x => x.relu(),
        LeakyReluActivation leaky => LeakyRelu(leaky.Slope),
        EluActivation elu => Elu(elu.Alpha),
        GeluActivation { Form: GeluForm.Tanh } => x => x.gelu(GELU.Approximate.tanh),
        GeluActivation => x => x.gelu(),
        SiluActivation => x => x.silu(),
        SeluActivation => x => x.selu(),
        MishActivation => x => x * nn.functional.softplus(x).tanh(),
        SoftplusActivation { Beta: var beta } => x => nn.functional.softplus(x, beta),
        _ => throw new NotSupportedException($"The TorchSharp engine has no function for {activation.GetType().Name}."),
    };

    public override Tensor Forward(Tensor input, bool training) => _function(input);

    private static Func<Tensor, Tensor> LeakyRelu(Scalar slope) => x => x.leaky_relu(slope);

    private static Func<Tensor, Tensor> Elu(Scalar alpha)
    {
        Scalar one = 1f;
        return x => x.elu(alpha, one, one);
    }
}
