namespace MLExtensions.Networks.Scoring;

/// <summary>The probabilities of classes by their logits.</summary>
internal static unsafe class Softmax
{
    /// <summary>Makes probabilities of the logits of a row, in place.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="temperature">What they are divided by.</param>
    public static void Apply(Span<float> logits, float temperature = 1) => ApplyToRows(logits, logits.Length, temperature);

    /// <summary>Makes probabilities of the logits of rows, in place. The maximum of a row is subtracted first: exp of a large logit would overflow.</summary>
    /// <param name="logits">The logits, [rows x <paramref name="classes"/>], row-major.</param>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <param name="temperature">What logits are divided by.</param>
    public static void ApplyToRows(Span<float> logits, int classes, float temperature = 1)
    {
        for (var rest = logits; !rest.IsEmpty; rest = rest[classes..])
            Shift(rest[..classes], temperature);
        fixed (float* values = logits)
            InstructionSet.Run(new ExpKernel(values, logits.Length));
        for (var rest = logits; !rest.IsEmpty; rest = rest[classes..])
            Normalize(rest[..classes]);
    }

    private static void Shift(Span<float> logits, float temperature)
    {
        float maximum = Maximum(logits);
        foreach (ref float output in logits)
            output = (output - maximum) / temperature;
    }

    private static void Normalize(Span<float> exps)
    {
        double sum = 0;
        foreach (float exp in exps)
            sum += exp;

        float factor = (float)(1 / sum);
        foreach (ref float exp in exps)
            exp *= factor;
    }

    // Four at a time: each waits for the one before, and one chain took a quarter of the softmax of eight classes. A logit that is NaN
    // counts as any or as none, since it makes the sum NaN and so all probabilities.
    private static float Maximum(ReadOnlySpan<float> logits)
    {
        float first = float.NegativeInfinity, second = first, third = first, fourth = first;
        for (; logits.Length >= 4; logits = logits[4..])
        {
            first = float.MaxNative(first, logits[0]);
            second = float.MaxNative(second, logits[1]);
            third = float.MaxNative(third, logits[2]);
            fourth = float.MaxNative(fourth, logits[3]);
        }
        foreach (float logit in logits)
            first = float.MaxNative(first, logit);
        return float.MaxNative(float.MaxNative(first, second), float.MaxNative(third, fourth));
    }

    /// <summary>exp of numbers, in place; the same bits for each wherever it stands.</summary>
    private readonly struct ExpKernel(float* values, int count) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            int whole = count - count % TVector.Count;
            for (int i = 0; i < whole; i += TVector.Count)
                VectorMath.Exp(TVector.Load(values + i)).Store(values + i);
            if (whole == count)
                return;

            float* rest = stackalloc float[TVector.Count];
            int left = count - whole;
            for (int i = 0; i < left; i++)
                rest[i] = values[whole + i];
            VectorMath.Exp(TVector.Load(rest)).Store(rest);
            for (int i = 0; i < left; i++)
                values[whole + i] = rest[i];
        }
    }
}
