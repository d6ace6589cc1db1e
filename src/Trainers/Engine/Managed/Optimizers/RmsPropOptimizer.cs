using System.Runtime.CompilerServices;

namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>The steps of <see cref="RmsPropOptions"/>.</summary>
internal sealed unsafe class RmsPropOptimizer(RmsPropOptions options, Penalty penalty, ParameterStore parameters)
    : ManagedOptimizer(parameters)
{
    private readonly AlignedBuffer _square = new(parameters.Values.Length);
    private readonly AlignedBuffer _mean = new(options.Centered ? parameters.Values.Length : 0);
    private readonly AlignedBuffer _velocity = new(options.Momentum > 0 ? parameters.Values.Length : 0);
    private float _learningRate;

    public override void BeginStep(float learningRate) => _learningRate = learningRate;

    public override void Update(int offset, int length, ParameterGroup group, float* updated) => InstructionSet.Run(new Kernel
    {
        Weights = Parameters.Clean.Pointer + offset,
        Updated = updated,
        Gradients = Parameters.Gradients.Pointer + offset,
        Square = _square.Pointer + offset,
        Mean = _mean.Pointer + (options.Centered ? offset : 0),
        Velocity = _velocity.Pointer + (options.Momentum > 0 ? offset : 0),
        Length = length,
        LearningRate = _learningRate * group.RateFactor,
        Alpha = options.Alpha,
        OneMinusAlpha = (float)(1 - (double)options.Alpha),
        Epsilon = options.Epsilon,
        Momentum = options.Momentum,
        Centered = options.Centered,
        Penalty = group.IsPenalized ? penalty * WeightDecayFactor : default,
    });

    private struct Kernel : IVectorKernel
    {
        public float* Weights;
        public float* Updated;
        public float* Gradients;
        public float* Square;
        public float* Mean;
        public float* Velocity;
        public int Length;
        public float LearningRate;
        public float Alpha;
        public float OneMinusAlpha;
        public float Epsilon;
        public float Momentum;
        public bool Centered;
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
            TVector alpha = TVector.Create(Alpha);
            TVector oneMinusAlpha = TVector.Create(OneMinusAlpha);
            TVector epsilon = TVector.Create(Epsilon);
            TVector momentum = TVector.Create(Momentum);
            TVector minusRate = TVector.Create(-LearningRate);
            for (nint i = 0; i < Length; i += TVector.Count)
            {
                TVector weight = TVector.Load(Weights + i);
                TVector gradient = penalty.AddTo(TVector.Load(Gradients + i), weight);
                TVector square = VectorMath.FlushTiny(TVector.MultiplyAdd(oneMinusAlpha * gradient, gradient, alpha * TVector.Load(Square + i)));
                square.Store(Square + i);

                TVector variance = square;
                if (Centered)
                {
                    TVector mean = VectorMath.FlushTiny(TVector.MultiplyAdd(oneMinusAlpha, gradient, alpha * TVector.Load(Mean + i)));
                    mean.Store(Mean + i);
                    // Rounding can put a gradient that never changes slightly below zero, where the root would be NaN.
                    variance = TVector.Max(TVector.Zero, square - mean * mean);
                }

                TVector step = gradient / (TVector.Sqrt(variance) + epsilon);
                if (Momentum > 0)
                {
                    step = VectorMath.FlushTiny(TVector.MultiplyAdd(momentum, TVector.Load(Velocity + i), step));
                    step.Store(Velocity + i);
                }

                TVector.MultiplyAdd(minusRate, step, weight).Store(Updated + i);
            }
        }
    }
}
