namespace MLExtensions.Networks;

/// <summary>
/// AdamP, Adam that does not lengthen weights whose length has no effect, as before batch normalization: of the step
/// p = (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε) of a weight matrix the part along the weights w of each output unit is removed,
/// p ← p - (w · p) w / (‖w‖ + ε)², where the gradient g stands nearly at right angles to the weights of all of them:
/// max |g · w| / (‖g‖ ‖w‖) &lt; delta / √inputs; else the part along the whole matrix, where its gradient stands so to it; else nothing.
/// Where a part was removed the weight decay is multiplied by <see cref="DecayRatio"/>. Biases, normalization and the output layers of members take Adam's steps.
/// </summary>
/// <remarks>Heo et al. 2021, ICLR, arXiv 2006.08217, as in their released code; gradients include L1 and L2 here.</remarks>
public sealed record AdamPOptions() : OptimizerOptions(learningRate: 0.001f)
{
    /// <summary>The decay of the mean of the gradient, at least 0 and below 1; 0.9 by default.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>The decay of the mean of the squared gradient, at least 0 and below 1; 0.999 by default.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to denominators and norms; positive and finite, 1e-8 by default.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>The decoupled weight decay, at least 0 and finite; 0 by default.</summary>
    public float WeightDecay { get; init; }

    internal override float DecoupledDecay => WeightDecay;

    /// <summary>How near to a right angle counts; at least 0 and finite, 0.1 by default. 0 makes it Adam, a large one always projects.</summary>
    public float Delta { get; init; } = 0.1f;

    /// <summary>The factor on the weight decay where the step was projected, at least 0 and finite; 0.1 by default.</summary>
    public float DecayRatio { get; init; } = 0.1f;

    /// <summary>Whether β₁ m + (1 - β₁) g takes the place of m in the step; false by default.</summary>
    public bool Nesterov { get; init; }

    internal override bool IgnoresGradientScale => true;

    internal override ManagedOptimizer Open(OptimizerSetup setup) => new AdamPOptimizer(this, setup);

    internal override IEnumerable<string> Validate() =>
        base.Validate().Concat(Failures(Rate(Beta1), Rate(Beta2), Positive(Epsilon), NotNegative(WeightDecay), NotNegative(Delta), NotNegative(DecayRatio)));
}

/// <summary>
/// The steps of <see cref="AdamPOptions"/>. Whether a step is projected rests on a whole matrix: a pass over strips, each by one thread,
/// takes the moments and sums over the weights of each output unit; then each matrix is decided on; then the weights move.
/// </summary>
internal sealed unsafe class AdamPOptimizer : MatrixOptimizer<AdamRule>
{
    private readonly AdamPOptions _options;
    private readonly Penalty _penalty;
    private readonly AdamPMatrix[] _matrices;
    private readonly AlignedBuffer _directions;

    public AdamPOptimizer(AdamPOptions options, OptimizerSetup setup)
        : base(setup, setup.Matrices, "mean", "square")
    {
        _options = options;
        _penalty = setup.Penalty;
        WeightDecay = options.WeightDecay;
        _matrices = [.. setup.Matrices.Select(matrix => new AdamPMatrix(matrix))];
        _directions = new AlignedBuffer(setup.Parameters.Values.Length);
        Rounds = [new MatrixRound(_matrices.Length, index => _matrices[index].Decide(options.Delta, options.Epsilon))];
    }

    public override MatrixRound[] Rounds { get; }

    protected override void PrepareStrip(int index, int strip, ParameterGroup group)
    {
        AdamPMatrix sums = _matrices[index];
        WeightMatrix matrix = sums.Matrix;
        int offset = matrix.OffsetOf(strip);
        int column = strip * matrix.Width;
        InstructionSet.Run(new StripPass
        {
            Step = StepRule,
            Weights = Parameters.Clean.Pointer + offset,
            Gradients = Parameters.Gradients.Pointer + offset,
            Directions = _directions.Pointer + offset,
            Mean = First.Pointer + offset,
            Square = Second.Pointer + offset,
            Rows = matrix.Inputs,
            Width = matrix.Width,
            Penalty = group.IsPenalized ? _penalty * WeightDecayFactor : default,
            GradientByWeight = sums.GradientByWeight.Pointer + column,
            GradientSquared = sums.GradientSquared.Pointer + column,
            WeightSquared = sums.WeightSquared.Pointer + column,
            DirectionByWeight = sums.DirectionByWeight.Pointer + column,
        });
    }

    protected override void UpdateMatrix(int index, int offset, int length, ParameterGroup group, float* updated)
    {
        AdamPMatrix sums = _matrices[index];
        WeightMatrix matrix = sums.Matrix;
        double decay = sums.IsProjected ? (double)WeightDecay * _options.DecayRatio : WeightDecay;
        InstructionSet.Run(new Projection
        {
            Weights = Parameters.Clean.Pointer + offset,
            Directions = _directions.Pointer + offset,
            Updated = updated,
            Coefficients = sums.Coefficients.Pointer + matrix.StripAt(offset) * matrix.Width,
            Rows = length / matrix.Width,
            Width = matrix.Width,
            MinusRate = -LearningRate * group.StepFactor,
            Shrinkage = group.IsPenalized ? (float)(1 - (double)LearningRate * group.RateFactor * decay * WeightDecayFactor) : 1,
        });
    }

    protected override AdamRule RuleOf(int step) => AdamRule.At(step, _options.Beta1, _options.Beta2, _options.Epsilon, _options.Nesterov);

    private struct StripPass : IVectorKernel
    {
        public AdamRule Step;
        public float* Weights;
        public float* Gradients;
        public float* Directions;
        public float* Mean;
        public float* Square;
        public int Rows;
        public int Width;
        public Penalty Penalty;
        public float* GradientByWeight;
        public float* GradientSquared;
        public float* WeightSquared;
        public float* DirectionByWeight;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            for (int column = 0; column < Width; column += TVector.Count)
            {
                TVector gradientByWeight = TVector.Zero, gradientSquared = TVector.Zero;
                TVector weightSquared = TVector.Zero, directionByWeight = TVector.Zero;
                for (int row = 0; row < Rows; row++)
                {
                    nint i = (nint)row * Width + column;
                    TVector weight = TVector.Load(Weights + i);
                    TVector gradient = TVector.Load(Gradients + i);
                    if (!Penalty.IsNone)
                        gradient = Penalty.AddTo(gradient, weight);
                    TVector direction = Step.Direction(gradient, new StepStates(Mean + i, Square + i, null));
                    direction.Store(Directions + i);
                    gradientByWeight = TVector.MultiplyAdd(gradient, weight, gradientByWeight);
                    gradientSquared = TVector.MultiplyAdd(gradient, gradient, gradientSquared);
                    weightSquared = TVector.MultiplyAdd(weight, weight, weightSquared);
                    directionByWeight = TVector.MultiplyAdd(direction, weight, directionByWeight);
                }

                gradientByWeight.Store(GradientByWeight + column);
                gradientSquared.Store(GradientSquared + column);
                weightSquared.Store(WeightSquared + column);
                directionByWeight.Store(DirectionByWeight + column);
            }
        }
    }

    private struct Projection : IVectorKernel
    {
        public float* Weights;
        public float* Directions;
        public float* Updated;
        public float* Coefficients;
        public int Rows;
        public int Width;
        public float MinusRate;
        public float Shrinkage;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            TVector minusRate = TVector.Create(MinusRate);
            TVector shrinkage = TVector.Create(Shrinkage);
            for (int row = 0; row < Rows; row++)
            {
                for (int column = 0; column < Width; column += TVector.Count)
                {
                    nint i = (nint)row * Width + column;
                    TVector weight = TVector.Load(Weights + i);
                    TVector direction = TVector.Load(Directions + i) - TVector.Load(Coefficients + column) * weight;
                    TVector.MultiplyAdd(minusRate, direction, weight * shrinkage).Store(Updated + i);
                }
            }
        }
    }
}

/// <summary>What <see cref="AdamPOptimizer"/> knows of a weight matrix: sums over the weights of each output unit, and its decision.</summary>
internal sealed class AdamPMatrix
{
    public AdamPMatrix(WeightMatrix matrix)
    {
        Matrix = matrix;
        (GradientByWeight, GradientSquared) = (new AlignedBuffer(matrix.PaddedOutputs), new AlignedBuffer(matrix.PaddedOutputs));
        (WeightSquared, DirectionByWeight) = (new AlignedBuffer(matrix.PaddedOutputs), new AlignedBuffer(matrix.PaddedOutputs));
        Coefficients = new AlignedBuffer(matrix.PaddedOutputs);
    }

    /// <summary>The matrix.</summary>
    public WeightMatrix Matrix { get; }

    /// <summary>g · w of each output unit.</summary>
    public AlignedBuffer GradientByWeight { get; }

    /// <summary>g · g.</summary>
    public AlignedBuffer GradientSquared { get; }

    /// <summary>w · w.</summary>
    public AlignedBuffer WeightSquared { get; }

    /// <summary>p · w.</summary>
    public AlignedBuffer DirectionByWeight { get; }

    /// <summary>What of w is taken from p, unit by unit.</summary>
    public AlignedBuffer Coefficients { get; }

    /// <summary>Whether anything is.</summary>
    public bool IsProjected { get; private set; }

    /// <summary>Decides by the angle between gradient and weights, unit by unit or of the whole.</summary>
    public void Decide(double delta, double epsilon)
    {
        double largest = 0, gradientByWeight = 0, gradientSquared = 0, weightSquared = 0, directionByWeight = 0;
        for (int unit = 0; unit < Matrix.Outputs; unit++)
        {
            largest = Math.Max(largest, Cosine(GradientByWeight.Span[unit], GradientSquared.Span[unit], WeightSquared.Span[unit], epsilon));
            gradientByWeight += GradientByWeight.Span[unit];
            gradientSquared += GradientSquared.Span[unit];
            weightSquared += WeightSquared.Span[unit];
            directionByWeight += DirectionByWeight.Span[unit];
        }

        bool byUnit = largest < delta / Math.Sqrt(Matrix.Inputs);
        bool whole = !byUnit && Cosine(gradientByWeight, gradientSquared, weightSquared, epsilon) < delta / Math.Sqrt((double)Matrix.Inputs * Matrix.Outputs);
        IsProjected = byUnit || whole;
        for (int unit = 0; unit < Matrix.Outputs; unit++)
        {
            Coefficients.Span[unit] = byUnit ? Share(DirectionByWeight.Span[unit], WeightSquared.Span[unit], epsilon)
                : whole ? Share(directionByWeight, weightSquared, epsilon)
                : 0;
        }
    }

    private static double Cosine(double product, double left, double right, double epsilon) =>
        Math.Abs(product) / (Math.Sqrt(left) + epsilon) / (Math.Sqrt(right) + epsilon);

    private static float Share(double product, double squared, double epsilon) => (float)(product / Math.Pow(Math.Sqrt(squared) + epsilon, 2));
}
