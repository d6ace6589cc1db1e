namespace MLExtensions.Networks.Optimizers;

/// <summary>An optimizer that moves each parameter by its own gradient and kept numbers alone: w ← w (1 - rate decay) - rate direction.</summary>
/// <typeparam name="TRule">The arithmetic.</typeparam>
/// <param name="setup">What the optimizer is about.</param>
/// <param name="states">The names of the numbers that each parameter keeps from step to step, at most 3.</param>
internal abstract unsafe class RuleOptimizer<TRule>(OptimizerSetup setup, params string[] states) : ManagedOptimizer(setup.Parameters)
    where TRule : struct, IStepRule
{
    private int _steps;

    /// <summary>The decoupled weight decay.</summary>
    protected float WeightDecay { get; init; }

    /// <summary>The constants of the present step.</summary>
    protected TRule StepRule { get; private set; }

    /// <summary>The learning rate of the present step.</summary>
    protected float LearningRate { get; private set; }

    /// <summary>The first of the kept numbers of all parameters.</summary>
    protected AlignedBuffer First { get; } = new(states.Length > 0 ? setup.Parameters.Values.Length : 0);

    /// <summary>The second.</summary>
    protected AlignedBuffer Second { get; } = new(states.Length > 1 ? setup.Parameters.Values.Length : 0);

    private AlignedBuffer Third { get; } = new(states.Length > 2 ? setup.Parameters.Values.Length : 0);

    public override void BeginStep(float learningRate)
    {
        _steps++;
        LearningRate = learningRate;
        StepRule = RuleOf(_steps);
    }

    public override void Update(int offset, int length, ParameterGroup group, float* updated) => InstructionSet.Run(new Kernel
    {
        Rule = StepRule,
        Weights = Parameters.Clean.Pointer + offset,
        Updated = updated,
        Gradients = Parameters.Gradients.Pointer + offset,
        First = First.Pointer + (states.Length > 0 ? offset : 0),
        Second = Second.Pointer + (states.Length > 1 ? offset : 0),
        Third = Third.Pointer + (states.Length > 2 ? offset : 0),
        Length = length,
        MinusRate = -LearningRate * group.StepFactor,
        Shrinkage = group.IsPenalized ? (float)(1 - (double)LearningRate * group.RateFactor * WeightDecay * WeightDecayFactor) : 1,
        Penalty = group.IsPenalized ? setup.Penalty * WeightDecayFactor : default,
    });

    /// <inheritdoc/>
    public override void Exchange(StateExchange state)
    {
        state.Number("steps", ref _steps);
        AlignedBuffer[] buffers = [First, Second, Third];
        foreach (var (index, name) in states.Index())
            state.Values(name, buffers[index].Span);
    }

    /// <summary>The constants of a step.</summary>
    /// <param name="step">The number of the step, from 1.</param>
    protected abstract TRule RuleOf(int step);

    private struct Kernel : IVectorKernel
    {
        public TRule Rule;
        public float* Weights;
        public float* Updated;
        public float* Gradients;
        public float* First;
        public float* Second;
        public float* Third;
        public int Length;
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
            TVector minusRate = TVector.Create(MinusRate);
            TVector shrinkage = TVector.Create(Shrinkage);
            TRule rule = Rule;
            float* weights = Weights;
            float* updated = Updated;
            float* gradients = Gradients;
            float* first = First;
            float* second = Second;
            float* third = Third;
            nint length = Length;
            for (nint i = 0; i < length; i += TVector.Count)
            {
                TVector weight = TVector.Load(weights + i);
                TVector gradient = penalty.AddTo(TVector.Load(gradients + i), weight);
                TVector direction = rule.Direction(gradient, new StepStates(first + i, second + i, third + i));
                TVector.MultiplyAdd(minusRate, direction, weight * shrinkage).Store(updated + i);
            }
        }
    }
}
