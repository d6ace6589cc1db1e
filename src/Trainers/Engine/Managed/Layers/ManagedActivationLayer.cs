namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>Makes the layer of an <see cref="Activation"/>.</summary>
internal static class ManagedActivationLayer
{
    /// <summary>The layer.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="input">What the layer reads.</param>
    /// <param name="mayOverwrite">Whether no other layer needs the input once this one has read it.</param>
    /// <param name="gradient">The gradient with respect to input and output, or null.</param>
    public static ManagedLayer Create(Activation activation, StripMatrix input, bool mayOverwrite, StripMatrix? gradient) =>
        activation switch
        {
            IdentityActivation => Create(default(IdentityFunction), input, mayOverwrite, gradient),
            SigmoidActivation => Create(default(SigmoidFunction), input, mayOverwrite, gradient),
            TanhActivation => Create(default(TanhFunction), input, mayOverwrite, gradient),
            ReluActivation => Create(default(ReluFunction), input, mayOverwrite, gradient),
            LeakyReluActivation leaky => Create(new LeakyReluFunction(leaky.Slope), input, mayOverwrite, gradient),
            EluActivation elu => Create(new EluFunction(elu.Alpha), input, mayOverwrite, gradient),
            GeluActivation => Create(default(GeluFunction), input, mayOverwrite, gradient),
            SiluActivation => Create(default(SiluFunction), input, mayOverwrite, gradient),
            _ => throw new NotSupportedException($"The managed engine has no kernel for the activation '{activation}'."),
        };

    private static ManagedActivationLayer<TFunction> Create<TFunction>(
        TFunction function, StripMatrix input, bool mayOverwrite, StripMatrix? gradient)
        where TFunction : struct, IActivationFunction => new(function)
        {
            Input = input,
            Output = mayOverwrite && TFunction.DerivativeUsesValue ? input : new StripMatrix(input.Rows, input.Columns),
            Gradient = gradient,
        };
}
