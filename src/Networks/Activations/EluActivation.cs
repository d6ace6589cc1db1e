namespace MLExtensions.Networks;

/// <summary>f(x) = x for x &gt; 0, else <see cref="Alpha"/> (exp(x) - 1).</summary>
/// <param name="Alpha">The negative of the limit at minus infinity; positive and finite, 1 by default.</param>
/// <remarks>Clevert, Unterthiner, Hochreiter 2015, arXiv 1511.07289.</remarks>
public sealed record EluActivation(float Alpha = 1f) : Activation
{
    internal override bool IsRectifier => true;

    internal override IEnumerable<string> Validate() => Failures(Positive(Alpha));

    internal override string WriteOnnx(OnnxGraph graph, string input) => graph.Node("Elu", [input], ("alpha", Alpha));

    internal override TorchModule ToTorch() => TorchModule.Of("ELU", Alpha);

    internal override TResult MakeWith<TResult>(IActivationMaker<TResult> maker) => maker.Make(new Function(Alpha));

    /// <summary>x for x &gt; 0, else α (exp(x) - 1), with α positive.</summary>
    private readonly struct Function(float alpha) : IVectorFunction
    {
        public static bool DerivativeUsesValue => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Value<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> =>
            TVector.Select(TVector.GreaterThan(x, TVector.Zero), x, TVector.Create(alpha) * VectorMath.ExpMinusOne(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Gradient<TVector>(TVector saved, TVector gradient)
            where TVector : unmanaged, IVector<TVector>
        {
            // For x <= 0, f'(x) = α exp(x) = f(x) + α.
            TVector slope = saved + TVector.Create(alpha);
            return TVector.Select(TVector.GreaterThan(saved, TVector.Zero), gradient, gradient * slope);
        }
    }
}
