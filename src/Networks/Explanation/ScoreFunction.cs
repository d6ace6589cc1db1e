namespace MLExtensions.Networks.Explanation;

/// <summary>One number that follows from the outputs of a network, with its derivatives.</summary>
/// <param name="outputs">The logits or values, [outputs].</param>
/// <param name="gradient">Receives the derivative with respect to each of them, [outputs].</param>
internal delegate double ScoreFunction(ReadOnlySpan<float> outputs, Span<double> gradient);

/// <summary>The numbers that are explained.</summary>
internal static class ScoreFunctions
{
    /// <summary>An output, times a factor.</summary>
    public static ScoreFunction Output(int index, double factor = 1) => (outputs, gradient) =>
    {
        gradient.Clear();
        gradient[index] = factor;
        return outputs[index] * factor;
    };

    /// <summary>
    /// How far the logit of a class is above the mean of all: the softmax does not change where the same number is added to all logits, and nor does
    /// this.
    /// </summary>
    public static ScoreFunction CentredLogit(int index, double factor = 1) => (outputs, gradient) =>
    {
        double mean = 0;
        foreach (float output in outputs)
            mean += output;
        mean /= outputs.Length;
        gradient.Fill(-factor / outputs.Length);
        gradient[index] += factor;
        return (outputs[index] - mean) * factor;
    };

    /// <summary>The probability of a class, its logits times a factor.</summary>
    public static ScoreFunction ClassProbability(int index, double factor = 1) => (outputs, gradient) =>
    {
        double largest = double.NegativeInfinity, total = 0;
        foreach (float output in outputs)
            largest = Math.Max(largest, output * factor);
        for (int i = 0; i < outputs.Length; i++)
            total += gradient[i] = Math.Exp(outputs[i] * factor - largest);
        double probability = gradient[index] / total;
        for (int i = 0; i < outputs.Length; i++)
            gradient[i] = factor * probability * ((i == index ? 1 : 0) - gradient[i] / total);
        return probability;
    };

    /// <summary>The probability of true, the logit times a factor.</summary>
    public static ScoreFunction Probability(int index, double factor = 1) => (outputs, gradient) =>
    {
        double probability = 1 / (1 + Math.Exp(-outputs[index] * factor));
        gradient.Clear();
        gradient[index] = factor * probability / (1 + Math.Exp(outputs[index] * factor));
        return probability;
    };
}
