namespace MLExtensions.Networks;

/// <summary>
/// Muon, momentum whose steps are as long in all directions that a weight matrix knows: m ← m + (1 - momentum) (g - m),
/// u = g + momentum (m - g), X = u / (‖u‖ + 1e-7); then some times X ← 3.4445 X + (-4.775 A + 2.0315 A A) X with A = X Xᵀ (from the side
/// of fewer rows), which brings all singular values near to 1; then w ← w (1 - rate decay) - rate √max(1, outputs / inputs) X. So for the
/// weights of hidden layers, those from the features among them; the output layer, biases, normalization and slopes take the steps of
/// <see cref="AdamWOptions"/> at a rate of their own. Schedules and factors act on both rates, the decay on weights alone.
/// </summary>
/// <remarks>
/// Jordan et al. 2024, kellerjordan.github.io/posts/muon; on tables Gorishniy et al. 2026. A step costs some thirty products of a matrix
/// with itself, which counts where batches are small. Needs hidden layers, and none of a network of one's own.
/// </remarks>
public sealed record MuonOptions() : OptimizerOptions(learningRate: 0.02f)
{
    /// <summary>The decay of the mean of the gradient of hidden layers' weights, at least 0 and below 1; 0.95 by default.</summary>
    public float Momentum { get; init; } = 0.95f;

    /// <summary>Whether to look ahead along the momentum: u = g + momentum (m - g) in place of m; true by default.</summary>
    public bool Nesterov { get; init; } = true;

    /// <summary>How often singular values are brought nearer to 1, at least 1; 5 by default.</summary>
    public int NewtonSchulzSteps { get; init; } = 5;

    /// <summary>The decoupled weight decay of all weight matrices, at least 0 and finite; 0 by default.</summary>
    public float WeightDecay { get; init; }

    /// <summary>The learning rate of what takes the steps of AdamW; positive and finite, 0.003 by default.</summary>
    public float AdamWLearningRate { get; init; } = 0.003f;

    /// <summary>AdamW's decay of the mean of the gradient, at least 0 and below 1; 0.9 by default.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>AdamW's decay of the mean of the squared gradient, at least 0 and below 1; 0.999 by default.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to AdamW's denominator; positive and finite, 1e-8 by default.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    internal override float DecoupledDecay => WeightDecay;

    internal override ManagedOptimizer Open(OptimizerSetup setup) => new MuonOptimizer(this, setup);

    internal override IEnumerable<string> Validate() =>
        base.Validate().Concat(Failures(Rate(Beta1), Rate(Beta2), Positive(Epsilon), Rate(Momentum), AtLeast(1, NewtonSchulzSteps), NotNegative(WeightDecay), Positive(AdamWLearningRate)));

    internal override IEnumerable<string> CheckBeside(TrainingFacts facts)
    {
        if (facts.CustomNetwork is { } network)
            yield return $"MuonOptions must know which weights are those of hidden layers, and of the network '{network}' only its code does: use AdamWOptions";
        else if (!facts.HasHiddenLayers)
            yield return "MuonOptions moves the weights of hidden layers, and HiddenLayers is empty: use AdamWOptions";
    }
}

/// <summary>
/// The steps of <see cref="MuonOptions"/>: a pass over strips of gradients takes the momentum, then threads share the strips of each
/// matrix product, then the weights move.
/// </summary>
internal sealed unsafe class MuonOptimizer : MatrixOptimizer<AdamRule>
{
    private readonly MuonOptions _options;
    private readonly Penalty _penalty;
    private readonly WeightMatrix[] _matrices;
    private readonly NewtonSchulz[] _products;
    private readonly AlignedBuffer _directions;
    private readonly float _otherRate;

    public MuonOptimizer(MuonOptions options, OptimizerSetup setup)
        : base(setup, [.. setup.HiddenMatrices], "mean", "square")
    {
        _options = options;
        _penalty = setup.Penalty;
        WeightDecay = options.WeightDecay;
        _otherRate = options.AdamWLearningRate / options.LearningRate;
        _matrices = [.. setup.HiddenMatrices];
        _directions = new AlignedBuffer(_matrices.Length > 0 ? setup.Parameters.Values.Length : 0);
        _products = [.. _matrices.Select(matrix => new NewtonSchulz(matrix, _directions))];
        Rounds = [.. MakeRounds()];
    }

    public override MatrixRound[] Rounds { get; }

    protected override void PrepareStrip(int index, int strip, ParameterGroup group)
    {
        WeightMatrix matrix = _matrices[index];
        int offset = matrix.OffsetOf(strip);
        float sum = 0;
        InstructionSet.Run(new MomentumPass
        {
            Weights = Parameters.Clean.Pointer + offset,
            Gradients = Parameters.Gradients.Pointer + offset,
            Mean = First.Pointer + offset,
            Directions = _directions.Pointer + offset,
            Length = matrix.Inputs * matrix.Width,
            Average = DecayingAverage.Of(_options.Momentum),
            IsNesterov = _options.Nesterov,
            Penalty = group.IsPenalized ? _penalty * WeightDecayFactor : default,
            SquareSum = &sum,
        });
        _products[index].SquareSums[strip] = sum;
    }

    protected override void UpdateMatrix(int index, int offset, int length, ParameterGroup group, float* updated)
    {
        double rate = (double)LearningRate * group.RateFactor;
        float shrinkage = group.IsPenalized ? (float)(1 - rate * WeightDecay * WeightDecayFactor) : 1;
        NewtonSchulz.Combine(Parameters.Clean.Pointer + offset, shrinkage, _directions.Pointer + offset, (float)-rate, updated, length);
    }

    protected override void UpdateOther(int offset, int length, ParameterGroup group, float* updated) =>
        base.UpdateOther(offset, length, group with { RateFactor = group.RateFactor * _otherRate }, updated);

    protected override AdamRule RuleOf(int step) => AdamRule.At(step, _options.Beta1, _options.Beta2, _options.Epsilon);

    private IEnumerable<MatrixRound> MakeRounds()
    {
        var strips = _products.SelectMany(product => Enumerable.Range(0, product.StripCount).Select(strip => (Product: product, Strip: strip))).ToArray();
        var blocks = _products.SelectMany(product => product.Blocks.Select(block => (Product: product, Block: block))).ToArray();
        yield return new MatrixRound(strips.Length, part => strips[part].Product.Start(strips[part].Strip));
        for (int number = 0; number < _options.NewtonSchulzSteps; number++)
        {
            int step = number;
            yield return new MatrixRound(blocks.Length, part => blocks[part].Product.ComputeGram(step, blocks[part].Block.Row, blocks[part].Block.Column));
            yield return new MatrixRound(blocks.Length, part => blocks[part].Product.ComputePolynomial(blocks[part].Block.Row, blocks[part].Block.Column));
            yield return new MatrixRound(strips.Length, part => strips[part].Product.ComputeNext(step, strips[part].Strip));
        }
        yield return new MatrixRound(StripCount, Finish);
    }

    private void Finish(int number)
    {
        var (index, strip) = StripAt(number);
        float scale = MathF.Sqrt(Math.Max(1, (float)_matrices[index].Outputs / _matrices[index].Inputs));
        _products[index].Finish(_options.NewtonSchulzSteps, strip, scale);
    }

    /// <summary>m ← momentum m + (1 - momentum) g and what is made of it, with the sum of its squares.</summary>
    private struct MomentumPass : IVectorKernel
    {
        public float* Weights;
        public float* Gradients;
        public float* Mean;
        public float* Directions;
        public int Length;
        public DecayingAverage Average;
        public bool IsNesterov;
        public Penalty Penalty;
        public float* SquareSum;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            TVector sum = TVector.Zero;
            for (nint i = 0; i < Length; i += TVector.Count)
            {
                TVector gradient = TVector.Load(Gradients + i);
                if (!Penalty.IsNone)
                    gradient = Penalty.AddTo(gradient, TVector.Load(Weights + i));
                TVector direction = Average.Take(gradient, Mean + i);
                if (IsNesterov)
                    direction = TVector.MultiplyAdd(TVector.Create(Average.Decay), direction, TVector.Create(Average.Share) * gradient);
                direction.Store(Directions + i);
                sum = TVector.MultiplyAdd(direction, direction, sum);
            }
            *SquareSum = TVector.Sum(sum);
        }
    }
}
