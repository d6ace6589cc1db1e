using TorchSharp.Modules;

namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>The functions applied to every unit.</summary>
internal static class TorchActivations
{
    /// <summary>The function of an activation.</summary>
    public static Func<Tensor, Tensor> Of(Activation activation) => activation switch
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

    private static Func<Tensor, Tensor> LeakyRelu(Scalar slope) => x => x.leaky_relu(slope);

    private static Func<Tensor, Tensor> Elu(Scalar alpha)
    {
        Scalar one = 1f;
        return x => x.elu(alpha, one, one);
    }
}
