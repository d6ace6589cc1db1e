namespace MLExtensions.Networks.Explanation;

/// <summary>The mean of members' outputs as <see cref="MemberMeans"/> takes it, and how its gradient is shared among them.</summary>
internal static class MeanGradient
{
    /// <summary>Takes the mean.</summary>
    /// <param name="mean">What is averaged.</param>
    /// <param name="ofMembers">The outputs of each member, [members x outputs].</param>
    /// <param name="outputs">Receives the mean, [outputs].</param>
    public static void Mean(EnsembleMean mean, ReadOnlySpan<float> ofMembers, Span<float> outputs)
    {
        if (ofMembers.Length == outputs.Length)
        {
            ofMembers.CopyTo(outputs);
            return;
        }

        var means = new MemberMeans(mean, new double[MemberMeans.LengthFor(outputs.Length)]);
        for (int first = 0; first < ofMembers.Length; first += outputs.Length)
            means.Add(ofMembers.Slice(first, outputs.Length));
        means.CopyTo(outputs);
    }

    /// <summary>Turns a gradient with respect to the mean into that with respect to what was averaged.</summary>
    /// <param name="mean">What is averaged.</param>
    /// <param name="ofMembers">The outputs of each member, [members x outputs].</param>
    /// <param name="gradient">The gradient with respect to the mean, [outputs].</param>
    /// <param name="shares">Receives that of each member, [members x outputs].</param>
    public static void Share(EnsembleMean mean, ReadOnlySpan<float> ofMembers, ReadOnlySpan<double> gradient, Span<double> shares)
    {
        int outputs = gradient.Length, members = ofMembers.Length / outputs;
        if (members == 1)
        {
            gradient.CopyTo(shares);
            return;
        }

        switch (mean)
        {
            case EnsembleMean.Classes:
                ShareOfClasses(ofMembers, gradient, shares, members);
                break;
            case EnsembleMean.Logits:
                ShareOfLogits(ofMembers, gradient, shares, members);
                break;
            default:
                for (int i = 0; i < shares.Length; i++)
                    shares[i] = gradient[i % outputs] / members;
                break;
        }
    }

    // y = log P, P the mean of softmax p: dy_c / dz_j = p_c (δ - p_j) / (members P_c).
    private static void ShareOfClasses(ReadOnlySpan<float> ofMembers, ReadOnlySpan<double> gradient, Span<double> shares, int members)
    {
        int outputs = gradient.Length;
        double[] probabilities = new double[ofMembers.Length], sums = new double[outputs];
        for (int member = 0; member < members; member++)
        {
            var own = probabilities.AsSpan(member * outputs, outputs);
            Softmax(ofMembers.Slice(member * outputs, outputs), own);
            for (int i = 0; i < outputs; i++)
                sums[i] += own[i];
        }

        for (int member = 0; member < members; member++)
        {
            var own = probabilities.AsSpan(member * outputs, outputs);
            double total = 0;
            for (int i = 0; i < outputs; i++)
                total += own[i] * gradient[i] / Math.Max(sums[i], double.Epsilon);
            for (int i = 0; i < outputs; i++)
                shares[member * outputs + i] = own[i] * (gradient[i] / Math.Max(sums[i], double.Epsilon) - total);
        }
    }

    // y = log P - log (1 - P), P the mean of p: dy / dz = p (1 - p) / (members P (1 - P)).
    private static void ShareOfLogits(ReadOnlySpan<float> ofMembers, ReadOnlySpan<double> gradient, Span<double> shares, int members)
    {
        int outputs = gradient.Length;
        for (int output = 0; output < outputs; output++)
        {
            double sum = 0, rest = 0;
            for (int i = output; i < ofMembers.Length; i += outputs)
            {
                sum += LogisticOf(ofMembers[i]);
                rest += LogisticOf(-ofMembers[i]);
            }
            for (int i = output; i < ofMembers.Length; i += outputs)
            {
                double share = LogisticOf(ofMembers[i]) / Math.Max(sum, double.Epsilon) * (LogisticOf(-ofMembers[i]) / Math.Max(rest, double.Epsilon)) * members;
                shares[i] = gradient[output] * share;
            }
        }
    }

    private static double LogisticOf(double logit) => 1 / (1 + Math.Exp(-logit));

    private static void Softmax(ReadOnlySpan<float> logits, Span<double> probabilities)
    {
        double largest = double.NegativeInfinity, total = 0;
        foreach (float logit in logits)
            largest = Math.Max(largest, logit);
        for (int i = 0; i < logits.Length; i++)
            total += probabilities[i] = Math.Exp(logits[i] - largest);
        foreach (ref double probability in probabilities)
            probability /= total;
    }
}
