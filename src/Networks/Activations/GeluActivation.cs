namespace MLExtensions.Networks;

/// <summary>f(x) = x Φ(x), with Φ the standard normal distribution function.</summary>
/// <param name="Form">How Φ is computed; exactly by default.</param>
/// <remarks>Hendrycks and Gimpel 2016, arXiv 1606.08415.</remarks>
public sealed record GeluActivation(GeluForm Form = GeluForm.Exact) : Activation
{
    internal override bool IsRectifier => true;

    internal override IEnumerable<string> Validate() =>
        Enum.IsDefined(Form) ? [] : [Invariant($"Form must be one of {string.Join(", ", Enum.GetNames<GeluForm>())}, got {Form}")];

    internal override string WriteOnnx(OnnxGraph graph, string input)
    {
        string half = graph.Constant(0.5f), bound = graph.Constant(TanhFunction.Bound);
        string x = Form == GeluForm.Exact ? input : graph.Clip(input, graph.Constant(-TanhFunction.Bound), bound);
        string inner = Form == GeluForm.Exact
            ? graph.Node("Erf", [graph.Multiply(input, graph.Constant(ExactFunction.HalfRoot))])
            : graph.Node("Tanh", [graph.Multiply(graph.Constant(TanhFunction.RootOfTwoOverPi),
                graph.Add(x, graph.Multiply(graph.Constant(TanhFunction.Cubic), graph.Multiply(x, graph.Multiply(x, x)))))]);
        return graph.Multiply(input, graph.Add(half, graph.Multiply(half, inner)));
    }

    internal override TorchModule ToTorch() => TorchModule.Of("GELU", Form == GeluForm.Tanh ? "tanh" : "none");

    internal override TResult MakeWith<TResult>(IActivationMaker<TResult> maker) =>
        Form == GeluForm.Tanh ? maker.Make(default(TanhFunction)) : maker.Make(default(ExactFunction));

    /// <summary>x Φ(x), with Φ(x) = (1 + erf(x / √2)) / 2 the standard normal distribution function.</summary>
    private readonly struct ExactFunction : IVectorFunction
    {
        public const float HalfRoot = 0.70710678f;
        private const float DensityAtZero = 0.39894228f;

        public static bool DerivativeUsesValue => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Value<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => x * Distribution(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Gradient<TVector>(TVector saved, TVector gradient)
            where TVector : unmanaged, IVector<TVector>
        {
            // f' = Φ + x φ, with φ = exp(-x² / 2) / √(2π) the density.
            TVector density = TVector.Create(DensityAtZero) * VectorMath.Exp(saved * saved * TVector.Create(-0.5f));
            return gradient * TVector.MultiplyAdd(saved, density, Distribution(saved));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Distribution<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector half = TVector.Create(0.5f);
            return TVector.MultiplyAdd(half, VectorMath.Erf(x * TVector.Create(HalfRoot)), half);
        }
    }

    /// <summary>x (1 + tanh(u(x))) / 2, with u(x) = √(2 / π) (x + 0.044715 x³).</summary>
    private readonly struct TanhFunction : IVectorFunction
    {
        public const float RootOfTwoOverPi = 0.79788456f;
        public const float Cubic = 0.044715f;

        // Beyond this tanh(u) is ±1 in float; the cube of a larger number might overflow.
        public const float Bound = 10;

        public static bool DerivativeUsesValue => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Value<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector half = TVector.Create(0.5f);
            return x * TVector.MultiplyAdd(half, Tanh(Clamp(x)), half);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Gradient<TVector>(TVector saved, TVector gradient)
            where TVector : unmanaged, IVector<TVector>
        {
            // f' = (1 + t) / 2 + x (1 - t²) u' / 2, with t = tanh(u); 1 - t² is 0 beyond the bound.
            TVector x = Clamp(saved);
            TVector t = Tanh(x);
            TVector half = TVector.Create(0.5f);
            TVector one = TVector.Create(1f);
            TVector slope = TVector.Create(RootOfTwoOverPi) * TVector.MultiplyAdd(x * x, TVector.Create(3 * Cubic), one);
            TVector bend = half * x * (one - t * t) * slope;
            return gradient * (TVector.MultiplyAdd(half, t, half) + bend);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Clamp<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => TVector.Min(TVector.Create(Bound), TVector.Max(TVector.Create(-Bound), x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Tanh<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => VectorMath.Tanh(
                TVector.Create(RootOfTwoOverPi) * TVector.MultiplyAdd(x * x * x, TVector.Create(Cubic), x));
    }
}

/// <summary>How a <see cref="GeluActivation"/> computes the normal distribution function.</summary>
public enum GeluForm
{
    /// <summary>x (1 + erf(x / √2)) / 2: the definition.</summary>
    Exact,

    /// <summary>x (1 + tanh(√(2 / π) (x + 0.044715 x³))) / 2: within 0.0005 of it, as the networks of BERT and GPT-2 have it.</summary>
    Tanh,
}
