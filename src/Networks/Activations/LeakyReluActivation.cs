namespace MLExtensions.Networks;

/// <summary>f(x) = x for x &gt; 0, else <see cref="Slope"/> x; the derivative at 0 is <see cref="Slope"/>.</summary>
/// <param name="Slope">The slope for negative inputs; finite, 0.01 by default.</param>
/// <remarks>Maas, Hannun, Ng 2013, "Rectifier Nonlinearities Improve Neural Network Acoustic Models".</remarks>
public sealed record LeakyReluActivation(float Slope = 0.01f) : Activation
{
    internal override bool IsRectifier => true;

    internal override IEnumerable<string> Validate() => float.IsFinite(Slope) ? [] : [Invariant($"Slope must be finite, got {Slope}")];

    internal override string WriteOnnx(OnnxGraph graph, string input) => graph.Node("LeakyRelu", [input], ("alpha", Slope));

    internal override TorchModule ToTorch() => TorchModule.Of("LeakyReLU", Slope);

    internal override TResult MakeWith<TResult>(IActivationMaker<TResult> maker) => maker.Make(new Function(Slope));

    /// <summary>x for x &gt; 0, else slope x. The argument is kept: with a negative slope the value hides its sign.</summary>
    private readonly struct Function(float slope) : IVectorFunction
    {
        public static bool DerivativeUsesValue => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Value<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> =>
            TVector.Select(TVector.GreaterThan(x, TVector.Zero), x, x * TVector.Create(slope));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Gradient<TVector>(TVector saved, TVector gradient)
            where TVector : unmanaged, IVector<TVector> =>
            TVector.Select(TVector.GreaterThan(saved, TVector.Zero), gradient, gradient * TVector.Create(slope));
    }
}
