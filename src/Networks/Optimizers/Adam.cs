namespace MLExtensions.Networks;

/// <summary>
/// Adam with bias correction: m ← β₁ m + (1 - β₁) g, v ← β₂ v + (1 - β₂) g²,
/// w ← w - rate (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε).
/// </summary>
/// <remarks>Kingma, Ba 2014, arXiv 1412.6980; as PyTorch's <c>Adam</c>.</remarks>
public sealed record AdamOptions() : OptimizerOptions(learningRate: 0.001f)
{
    /// <summary>The decay of the mean of the gradient, at least 0 and below 1; 0.9 by default.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>The decay of the mean of the squared gradient, at least 0 and below 1; 0.999 by default.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the denominator; positive and finite, 1e-8 by default.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>
    /// Whether the denominator takes the largest v so far, so that no parameter's rate rises again; false by default. Reddi, Kale,
    /// Kumar 2018, ICLR; as PyTorch's <c>amsgrad</c>.
    /// </summary>
    public bool AmsGrad { get; init; }

    /// <summary>
    /// Whether m and v, which start at 0, are divided by 1 - βᵗ; true by default. Without it the first steps are (1 - β₁) / √(1 - β₂)
    /// times the rate long: 3.2 times with the default decays.
    /// </summary>
    public bool BiasCorrection { get; init; } = true;

    internal override bool IgnoresGradientScale => true;

    internal override ManagedOptimizer Open(OptimizerSetup setup) => AmsGrad ? new AmsGradOptimizer(this, setup) : new AdamOptimizer(this, setup);

    internal override IEnumerable<string> Validate() => base.Validate().Concat(Failures(Rate(Beta1), Rate(Beta2), Positive(Epsilon)));
}

/// <summary>
/// The steps of <see cref="AdamOptions"/> and <see cref="AdamWOptions"/>, which differ in the decay. The default has a kernel of its own:
/// as a rule of <see cref="RuleOptimizer{TRule}"/> a step of a small network took 4 % longer.
/// </summary>
internal sealed unsafe class AdamOptimizer : ManagedOptimizer
{
    private readonly Penalty _penalty;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly float _epsilon;
    private readonly float _weightDecay;
    private readonly bool _isCorrected;
    private readonly AlignedBuffer _mean;
    private readonly AlignedBuffer _square;
    private int _steps;
    private float _learningRate;
    private Kernel _step;

    public AdamOptimizer(AdamOptions options, OptimizerSetup setup)
        : this(options.Beta1, options.Beta2, options.Epsilon, 0, options.BiasCorrection, setup)
    {
    }

    public AdamOptimizer(AdamWOptions options, OptimizerSetup setup)
        : this(options.Beta1, options.Beta2, options.Epsilon, options.WeightDecay, options.BiasCorrection, setup)
    {
    }

    private AdamOptimizer(float beta1, float beta2, float epsilon, float weightDecay, bool isCorrected, OptimizerSetup setup)
        : base(setup.Parameters)
    {
        _beta1 = beta1;
        _beta2 = beta2;
        _epsilon = epsilon;
        _weightDecay = weightDecay;
        _isCorrected = isCorrected;
        _penalty = setup.Penalty;
        _mean = new AlignedBuffer(setup.Parameters.Values.Length);
        _square = new AlignedBuffer(setup.Parameters.Values.Length);
    }

    public override void BeginStep(float learningRate)
    {
        _steps++;
        _learningRate = learningRate;
        _step = new Kernel
        {
            Beta1 = (float)_beta1,
            Beta2 = (float)_beta2,
            OneMinusBeta1 = (float)(1 - _beta1),
            OneMinusBeta2 = (float)(1 - _beta2),
            Epsilon = _epsilon,
            // √(v / (1 - β₂ᵗ)) = √v / √(1 - β₂ᵗ).
            InverseRootCorrection = (float)(1 / Math.Sqrt(Correction(_beta2))),
            MinusRate = (float)(-learningRate / Correction(_beta1)),
        };
    }

    public override void Update(int offset, int length, ParameterGroup group, float* updated) => InstructionSet.Run(_step with
    {
        Weights = Parameters.Clean.Pointer + offset,
        Updated = updated,
        Gradients = Parameters.Gradients.Pointer + offset,
        Mean = _mean.Pointer + offset,
        Square = _square.Pointer + offset,
        Length = length,
        MinusRate = _step.MinusRate * group.StepFactor,
        Shrinkage = group.IsPenalized ? (float)(1 - (double)_learningRate * group.RateFactor * _weightDecay * WeightDecayFactor) : 1,
        Penalty = group.IsPenalized ? _penalty * WeightDecayFactor : default,
    });

    public override void Exchange(StateExchange state)
    {
        state.Number("steps", ref _steps);
        state.Values("mean", _mean.Span);
        state.Values("square", _square.Span);
    }

    private double Correction(double beta) => _isCorrected ? 1 - Math.Pow(beta, _steps) : 1;

    private struct Kernel : IVectorKernel
    {
        // Far below the square of any ε that matters, and a normal number, as its root must have.
        private const float SmallestSquare = 1e-36f;

        public float* Weights;
        public float* Updated;
        public float* Gradients;
        public float* Mean;
        public float* Square;
        public int Length;
        public float Beta1;
        public float Beta2;
        public float OneMinusBeta1;
        public float OneMinusBeta2;
        public float Epsilon;
        public float InverseRootCorrection;
        public float MinusRate;
        public float Shrinkage;
        public Penalty Penalty;

        public readonly void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            if (Penalty.IsNone)
                Run<TVector, NoPenalty>(default);
            else
                Run<TVector, Penalty>(Penalty);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Run<TVector, TPenalty>(TPenalty penalty)
            where TVector : unmanaged, IVector<TVector>
            where TPenalty : struct, IPenalty
        {
            TVector beta1 = TVector.Create(Beta1);
            TVector beta2 = TVector.Create(Beta2);
            TVector oneMinusBeta1 = TVector.Create(OneMinusBeta1);
            TVector oneMinusBeta2 = TVector.Create(OneMinusBeta2);
            TVector epsilon = TVector.Create(Epsilon);
            TVector inverseRootCorrection = TVector.Create(InverseRootCorrection);
            TVector minusRate = TVector.Create(MinusRate);
            TVector shrinkage = TVector.Create(Shrinkage);
            TVector smallestSquare = TVector.Create(SmallestSquare);
            float* weights = Weights;
            float* updated = Updated;
            float* gradients = Gradients;
            float* means = Mean;
            float* squares = Square;
            nint length = Length;
            for (nint i = 0; i < length; i += TVector.Count)
            {
                TVector weight = TVector.Load(weights + i);
                TVector gradient = penalty.AddTo(TVector.Load(gradients + i), weight);
                TVector mean = VectorMath.FlushTiny(
                    TVector.MultiplyAdd(oneMinusBeta1, gradient, beta1 * TVector.Load(means + i)));
                mean.Store(means + i);
                TVector square = TVector.Max(
                    smallestSquare, TVector.MultiplyAdd(oneMinusBeta2 * gradient, gradient, beta2 * TVector.Load(squares + i)));
                square.Store(squares + i);

                TVector denominator = TVector.MultiplyAdd(TVector.FastSqrt(square), inverseRootCorrection, epsilon);
                TVector.MultiplyAdd(minusRate, TVector.FastDivide(mean, denominator), weight * shrinkage).Store(updated + i);
            }
        }
    }
}
