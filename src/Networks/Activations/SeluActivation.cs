namespace MLExtensions.Networks;

/// <summary>f(x) = λ x for x &gt; 0, else λ α (exp(x) - 1), with λ = 1.0507009873554805 and α = 1.6732632423543773.</summary>
/// <remarks>
/// Klambauer, Unterthiner, Mayr, Hochreiter 2017, arXiv 1706.02515. The constants pull the units of a deep network towards mean 0 and
/// variance 1 without a normalization layer, as long as weights start as <see cref="WeightInitializer.LeCunNormal"/> and features are
/// standardized; ordinary dropout works against it.
/// </remarks>
public sealed record SeluActivation : Activation
{
    internal override string WriteOnnx(OnnxGraph graph, string input) => graph.Node("Selu", [input]);

    internal override TorchModule ToTorch() => TorchModule.Of("SELU");

    internal override TResult MakeWith<TResult>(IActivationMaker<TResult> maker) => maker.Make(default(Function));

    /// <summary>λ x for x &gt; 0, else λ α (exp(x) - 1).</summary>
    private readonly struct Function : IVectorFunction
    {
        private const float Scale = 1.0507009873554805f;
        private const float ScaledAlpha = (float)(1.0507009873554805 * 1.6732632423543773);

        public static bool DerivativeUsesValue => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Value<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => TVector.Select(
                TVector.GreaterThan(x, TVector.Zero), TVector.Create(Scale) * x, TVector.Create(ScaledAlpha) * VectorMath.ExpMinusOne(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Gradient<TVector>(TVector saved, TVector gradient)
            where TVector : unmanaged, IVector<TVector>
        {
            // For x <= 0, f'(x) = λ α exp(x) = f(x) + λ α.
            TVector slope = saved + TVector.Create(ScaledAlpha);
            return gradient * TVector.Select(TVector.GreaterThan(saved, TVector.Zero), TVector.Create(Scale), slope);
        }
    }
}
