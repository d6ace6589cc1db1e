namespace MLExtensions.Networks.Update;

/// <summary>The moving averages of all parameters: a copy after the first step, then a ← decay a + (1 - decay) w.</summary>
/// <param name="decay">The decay.</param>
/// <param name="length">The floats of the parameters, padding included.</param>
internal sealed unsafe class WeightAverage(float decay, int length)
{
    private readonly DecayingAverage _decaying = DecayingAverage.Of(decay);
    private readonly DecayingAverage _copying = DecayingAverage.Of(0);

    /// <summary>The averages.</summary>
    public AlignedBuffer Values { get; } = new(length);

    /// <summary>The steps that were taken in.</summary>
    public int Steps { get; private set; }

    /// <summary>Counts a step, before anything of it is taken in.</summary>
    public void BeginStep() => Steps++;

    /// <summary>Takes in the updated values of some parameters.</summary>
    /// <param name="offset">The first parameter.</param>
    /// <param name="count">The number of parameters, a whole number of vectors.</param>
    /// <param name="updated">Their values.</param>
    public void Take(int offset, int count, float* updated) => Take(updated, Values.Pointer + offset, count);

    /// <summary>Takes values into averages that lie elsewhere.</summary>
    /// <param name="values">The values.</param>
    /// <param name="averages">Their averages.</param>
    /// <param name="count">How many, a whole number of vectors.</param>
    public void Take(float* values, float* averages, int count) =>
        InstructionSet.Run(new Kernel { Values = values, Averages = averages, Length = count, Average = Steps > 1 ? _decaying : _copying });

    /// <summary>Gives or sets the averages.</summary>
    public void Exchange(StateExchange state)
    {
        int steps = Steps;
        state.Number("steps", ref steps);
        Steps = steps;
        state.Values("parameters", Values.Span);
    }

    private struct Kernel : IVectorKernel
    {
        public float* Values;
        public float* Averages;
        public int Length;
        public DecayingAverage Average;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            for (nint i = 0; i < Length; i += TVector.Count)
                Average.Take(TVector.Load(Values + i), Averages + i);
        }
    }
}
