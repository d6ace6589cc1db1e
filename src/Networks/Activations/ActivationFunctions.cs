namespace MLExtensions.Networks.Activations;

/// <summary>The one table from descriptions of activations to their kernels.</summary>
internal static class ActivationFunctions
{
    /// <summary>Hands the function of an activation to whoever makes something of it.</summary>
    /// <typeparam name="TMaker">Who.</typeparam>
    /// <typeparam name="TResult">What it makes.</typeparam>
    /// <param name="activation">The activation.</param>
    /// <param name="maker">Makes the result.</param>
    public static TResult Make<TMaker, TResult>(Activation activation, TMaker maker)
        where TMaker : IActivationMaker<TResult> => activation switch
        {
            IdentityActivation => maker.Make(default(IdentityFunction)),
            SigmoidActivation => maker.Make(default(SigmoidFunction)),
            TanhActivation => maker.Make(default(TanhFunction)),
            ReluActivation => maker.Make(default(ReluFunction)),
            LeakyReluActivation leaky => maker.Make(new LeakyReluFunction(leaky.Slope)),
            EluActivation elu => maker.Make(new EluFunction(elu.Alpha)),
            GeluActivation { Form: GeluForm.Tanh } => maker.Make(default(GeluTanhFunction)),
            GeluActivation => maker.Make(default(GeluFunction)),
            SiluActivation => maker.Make(default(SiluFunction)),
            SeluActivation => maker.Make(default(SeluFunction)),
            MishActivation => maker.Make(default(MishFunction)),
            SoftplusActivation softplus => maker.Make(new SoftplusFunction(softplus.Beta)),
            _ => throw new NotSupportedException($"The managed engine has no kernel for the activation '{activation}'."),
        };
}

/// <summary>Makes something of an activation function whose type it is told.</summary>
/// <typeparam name="TResult">What it makes.</typeparam>
internal interface IActivationMaker<TResult>
{
    /// <summary>Makes it.</summary>
    TResult Make<TFunction>(TFunction function)
        where TFunction : struct, IVectorFunction;
}
