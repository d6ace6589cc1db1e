using System.Runtime.CompilerServices;

namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>The steps of <see cref="SgdOptions"/>.</summary>
internal sealed unsafe class SgdOptimizer(SgdOptions options, Penalty penalty, ParameterStore parameters)
    : ManagedOptimizer(parameters)
{
    private readonly AlignedBuffer _velocity = new(options.Momentum > 0 ? parameters.Values.Length : 0);
    private float _learningRate;

    public override void BeginStep(float learningRate) => _learningRate = learningRate;

    public override void Update(int offset, int length, ParameterGroup group, float* updated) => InstructionSet.Run(new Kernel
    {
        Weights = Parameters.Clean.Pointer + offset,
        Updated = updated,
        Gradients = Parameters.Gradients.Pointer + offset,
        Velocity = _velocity.Pointer + (options.Momentum > 0 ? offset : 0),
        Length = length,
        LearningRate = _learningRate * group.RateFactor,
        Momentum = options.Momentum,
        Nesterov = options.Nesterov,
        Penalty = group.IsPenalized ? penalty * WeightDecayFactor : default,
    });

    private struct Kernel : IVectorKernel
    {
        public float* Weights;
        public float* Updated;
        public float* Gradients;
        public float* Velocity;
        public int Length;
        public float LearningRate;
        public float Momentum;
        public bool Nesterov;
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
            TVector momentum = TVector.Create(Momentum);
            TVector minusRate = TVector.Create(-LearningRate);
            for (nint i = 0; i < Length; i += TVector.Count)
            {
                TVector weight = TVector.Load(Weights + i);
                TVector step = penalty.AddTo(TVector.Load(Gradients + i), weight);
                if (Momentum > 0)
                {
                    // The velocity starts at zero, so the first step's is the gradient, as in PyTorch.
                    TVector velocity = VectorMath.FlushTiny(TVector.MultiplyAdd(momentum, TVector.Load(Velocity + i), step));
                    velocity.Store(Velocity + i);
                    step = Nesterov ? TVector.MultiplyAdd(momentum, velocity, step) : velocity;
                }

                TVector.MultiplyAdd(minusRate, step, weight).Store(Updated + i);
            }
        }
    }
}
