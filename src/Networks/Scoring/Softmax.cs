namespace MLExtensions.Networks.Scoring;

/// <summary>The probabilities of classes by their logits.</summary>
internal static class Softmax
{
    /// <summary>Makes probabilities of the logits of a row, in place. The maximum is subtracted first: exp of a large logit would overflow.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="temperature">What they are divided by.</param>
    public static void Apply(Span<float> logits, float temperature = 1)
    {
        float maximum = float.NegativeInfinity;
        foreach (float logit in logits)
            maximum = Math.Max(maximum, logit);

        double sum = 0;
        foreach (ref float output in logits)
        {
            output = MathF.Exp((output - maximum) / temperature);
            sum += output;
        }

        float factor = (float)(1 / sum);
        foreach (ref float output in logits)
            output *= factor;
    }
}
