namespace MLExtensions.Networks.Scoring;

/// <summary>The probability that a logit stands for.</summary>
internal static class Probability
{
    /// <summary>1 / (1 + exp(-logit)), never 0 and never 1: the logarithm of both it and its complement is finite.</summary>
    public static float OfLogit(float logit) => Math.Clamp((float)(1 / (1 + Math.Exp(-(double)logit))), float.Epsilon, MathF.BitDecrement(1));
}
