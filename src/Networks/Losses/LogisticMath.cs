namespace MLExtensions.Networks.Losses;

/// <summary>Logarithms of probabilities from logits, in double precision and on vectors.</summary>
internal static class LogisticMath
{
    /// <summary>log(1 + exp(x)); exp of minus the absolute value cannot overflow.</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    /// <summary>log(1 + exp(x)) on vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Softplus<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> =>
        TVector.Max(TVector.Zero, x) + VectorMath.LogOnePlus(VectorMath.Exp(TVector.Zero - VectorMath.Absolute(x)));

    /// <summary>-log softmax(logits)[index]. The maximum is subtracted: exp of a large logit would overflow.</summary>
    public static double NegativeLogSoftmax(ReadOnlySpan<float> logits, int index, double scale = 1)
    {
        double maximum = double.NegativeInfinity;
        foreach (float logit in logits)
            maximum = Math.Max(maximum, logit);

        double sum = 0;
        foreach (float logit in logits)
            sum += Math.Exp(scale * (logit - maximum));
        return Math.Log(sum) - scale * (logits[index] - maximum);
    }
}
