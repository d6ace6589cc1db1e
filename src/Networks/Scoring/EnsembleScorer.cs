namespace MLExtensions.Networks.Scoring;

/// <summary>Scores rows with each member of an ensemble, and takes the mean.</summary>
internal sealed class EnsembleScorer : INetworkScorer
{
    // The most outputs that are averaged without memory of the thread's own.
    private const int FewOutputs = 256;

    private readonly NetworkScorer[] _members;
    private readonly EnsembleMean _mean;

    /// <summary>Prepares the members.</summary>
    /// <param name="layer">The ensemble.</param>
    /// <param name="weights">The weights of the network whose layer it is.</param>
    public EnsembleScorer(EnsembleLayer layer, NetworkWeights weights)
    {
        _members = [.. layer.Members.Select((member, index) => new NetworkScorer(member, layer.WeightsOf(weights, index)))];
        _mean = layer.Mean;
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> features, Span<float> outputs)
    {
        int count = _members[0].Outputs;
        Span<float> own = count <= FewOutputs ? stackalloc float[count] : new float[count];
        Span<double> sums = count <= FewOutputs ? stackalloc double[2 * count] : new double[2 * count];
        sums.Clear();
        foreach (var member in _members)
        {
            member.Score(features, own);
            Add(own, sums);
        }

        for (int i = 0; i < count; i++)
        {
            double mean = sums[i] / _members.Length, rest = sums[count + i] / _members.Length;
            outputs[i] = (float)(_mean switch
            {
                // What is 0 in double precision is below the least probability that a single logit gives.
                EnsembleMean.Classes => Math.Log(Math.Max(mean, double.Epsilon)),
                EnsembleMean.Logits => Math.Log(Math.Max(mean, double.Epsilon)) - Math.Log(Math.Max(rest, double.Epsilon)),
                _ => mean,
            });
        }
    }

    // Sums of values, or of probabilities and, behind them, of the probabilities of the opposite, which 1 - p would lose near 1.
    private void Add(ReadOnlySpan<float> outputs, Span<double> sums)
    {
        switch (_mean)
        {
            case EnsembleMean.Classes:
                double largest = double.NegativeInfinity, total = 0;
                foreach (float output in outputs)
                    largest = Math.Max(largest, output);
                foreach (float output in outputs)
                    total += Math.Exp(output - largest);
                for (int i = 0; i < outputs.Length; i++)
                    sums[i] += Math.Exp(outputs[i] - largest) / total;
                break;
            case EnsembleMean.Logits:
                for (int i = 0; i < outputs.Length; i++)
                {
                    sums[i] += 1 / (1 + Math.Exp(-outputs[i]));
                    sums[outputs.Length + i] += 1 / (1 + Math.Exp(outputs[i]));
                }
                break;
            default:
                for (int i = 0; i < outputs.Length; i++)
                    sums[i] += outputs[i];
                break;
        }
    }
}
