namespace MLExtensions.Networks.Ensembles;

/// <summary>The mean of the outputs of several networks for one row, summed up one network after the other.</summary>
/// <param name="mean">What of the outputs is averaged.</param>
/// <param name="sums">Memory, [<see cref="LengthFor"/>]; cleared here.</param>
internal ref struct MemberMeans(EnsembleMean mean, Span<double> sums)
{
    private readonly Span<double> _sums = Cleared(sums);
    private int _members;

    /// <summary>The sums that are kept for so many outputs.</summary>
    public static int LengthFor(int outputs) => 2 * outputs;

    /// <summary>Adds the outputs of a network.</summary>
    public void Add(ReadOnlySpan<float> outputs)
    {
        // Sums of values, or of probabilities and, behind them, of the probabilities of the opposite, which 1 - p would lose near 1.
        _members++;
        switch (mean)
        {
            case EnsembleMean.Classes:
                double largest = double.NegativeInfinity, total = 0;
                foreach (float output in outputs)
                    largest = Math.Max(largest, output);
                foreach (float output in outputs)
                    total += Math.Exp(output - largest);
                for (int i = 0; i < outputs.Length; i++)
                    _sums[i] += Math.Exp(outputs[i] - largest) / total;
                break;
            case EnsembleMean.Logits:
                for (int i = 0; i < outputs.Length; i++)
                {
                    _sums[i] += 1 / (1 + Math.Exp(-outputs[i]));
                    _sums[outputs.Length + i] += 1 / (1 + Math.Exp(outputs[i]));
                }
                break;
            default:
                for (int i = 0; i < outputs.Length; i++)
                    _sums[i] += outputs[i];
                break;
        }
    }

    /// <summary>Gives the mean of what was added, as an output: a value, the logarithm of a probability, or a logit.</summary>
    public readonly void CopyTo(Span<float> outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            double value = _sums[i] / _members, rest = _sums[outputs.Length + i] / _members;
            outputs[i] = (float)(mean switch
            {
                // What is 0 in double precision is below the least probability that a single logit gives.
                EnsembleMean.Classes => Math.Log(Math.Max(value, double.Epsilon)),
                EnsembleMean.Logits => Math.Log(Math.Max(value, double.Epsilon)) - Math.Log(Math.Max(rest, double.Epsilon)),
                _ => value,
            });
        }
    }

    private static Span<double> Cleared(Span<double> sums)
    {
        sums.Clear();
        return sums;
    }
}
