using System.Runtime.CompilerServices;
using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Update;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Optimizers;

/// <summary>
/// The steps of <see cref="AdamPOptions"/>. Whether a step is projected rests on a whole matrix: a pass over strips, each by one thread,
/// takes the moments and sums over the weights of each output unit; then one thread decides; then the weights move.
/// </summary>
internal sealed unsafe class AdamPOptimizer : RuleOptimizer<AdamPOptimizer.Rule>, IMatrixOptimizer
{
    private readonly AdamPOptions _options;
    private readonly Penalty _penalty;
    private readonly AdamPMatrix[] _matrices;
    private readonly (AdamPMatrix Matrix, int Strip)[] _strips;
    private readonly AlignedBuffer _directions;

    public AdamPOptimizer(AdamPOptions options, Penalty penalty, ParameterStore parameters, IEnumerable<ManagedLayer> layers)
        : base(penalty, parameters, states: 2)
    {
        _options = options;
        _penalty = penalty;
        WeightDecay = options.WeightDecay;
        _matrices = [.. layers.OfType<ManagedLinearLayer>().Select(layer => new AdamPMatrix(layer))];
        _strips = [.. _matrices.SelectMany(matrix => Enumerable.Range(0, matrix.StripCount).Select(strip => (matrix, strip)))];
        _directions = new AlignedBuffer(parameters.Values.Length);
    }

    public int StripCount => _strips.Length;

    public (int Layer, int Offset, int Length) Strip(int number)
    {
        var (matrix, strip) = _strips[number];
        return (matrix.Layer, matrix.OffsetOf(strip), matrix.Inputs * matrix.Width);
    }

    public void PrepareStrip(int number, ParameterGroup group)
    {
        var (matrix, strip) = _strips[number];
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
            GradientByWeight = matrix.GradientByWeight.Pointer + column,
            GradientSquared = matrix.GradientSquared.Pointer + column,
            WeightSquared = matrix.WeightSquared.Pointer + column,
            DirectionByWeight = matrix.DirectionByWeight.Pointer + column,
        });
    }

    public void Decide()
    {
        foreach (AdamPMatrix matrix in _matrices)
            matrix.Decide(_options.Delta, _options.Epsilon);
    }

    public override void Update(int offset, int length, ParameterGroup group, float* updated)
    {
        if (MatrixAt(offset) is not { } matrix)
        {
            base.Update(offset, length, group, updated);
            return;
        }

        double decay = matrix.IsProjected ? (double)WeightDecay * _options.DecayRatio : WeightDecay;
        InstructionSet.Run(new Projection
        {
            Weights = Parameters.Clean.Pointer + offset,
            Directions = _directions.Pointer + offset,
            Updated = updated,
            Coefficients = matrix.Coefficients.Pointer + matrix.StripOf(offset) * matrix.Width,
            Rows = length / matrix.Width,
            Width = matrix.Width,
            MinusRate = -LearningRate * group.RateFactor,
            Shrinkage = group.IsPenalized ? (float)(1 - (double)LearningRate * group.RateFactor * decay * WeightDecayFactor) : 1,
        });
    }

    protected override Rule RuleOf(int step) => new(
        DecayingAverage.Of(_options.Beta1), DecayingAverage.Of(_options.Beta2), _options.Epsilon,
        (float)(1 / (1 - Math.Pow(_options.Beta1, step))), (float)(1 / Math.Sqrt(1 - Math.Pow(_options.Beta2, step))), _options.Nesterov);

    // The matrix whose weights, not biases, begin at or contain a place.
    private AdamPMatrix? MatrixAt(int offset)
    {
        foreach (AdamPMatrix matrix in _matrices)
        {
            if (matrix.HasWeightAt(offset))
                return matrix;
        }
        return null;
    }

    internal readonly record struct Rule(
        DecayingAverage Mean, DecayingAverage Square, float Epsilon, float Correction, float InverseRootCorrection, bool IsNesterov) : IStepRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Direction<TVector>(TVector gradient, StepStates states)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector mean = Mean.Take(gradient, states.First);
            TVector root = TVector.Sqrt(Square.TakeSquare(gradient, states.Second));
            if (IsNesterov)
                mean = TVector.MultiplyAdd(TVector.Create(Mean.Share), gradient, TVector.Create(Mean.Decay) * mean);
            return TVector.Create(Correction) * mean / TVector.MultiplyAdd(root, TVector.Create(InverseRootCorrection), TVector.Create(Epsilon));
        }
    }

    private struct StripPass : IVectorKernel
    {
        public Rule Step;
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
