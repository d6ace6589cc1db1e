namespace MLExtensions.Networks.Probing;

/// <summary>
/// Measures the layers of a network, with any weights, on some rows: norms of gradients and weights, activations, dead and saturated units. It
/// computes in buffers of its own and draws nothing random. For one thread at a time.
/// </summary>
/// <example>
/// <code>
/// var probe = new NetworkProbe(network, data, NetworkProbe.Sample(trainingRows, 256), loss);
/// var layers = probe.Measure(weights);          // with weights from before a step: probe.Measure(after, before)
/// </code>
/// </example>
internal sealed class NetworkProbe
{
    private readonly ParameterLayout _layout;
    private readonly ProbedLayer[] _layers;
    private readonly ProbePass? _pass;
    private readonly NetworkWeights _gradients;

    /// <summary>Allocates everything.</summary>
    /// <param name="network">The network; of one of an application's own only weights are measured.</param>
    /// <param name="data">The data.</param>
    /// <param name="rows">The rows that pass through the network, as one batch.</param>
    /// <param name="loss">The loss whose gradient is measured.</param>
    /// <param name="meanWeight">The mean weight of rows: see <see cref="EngineSettings.MeanWeight"/>.</param>
    public NetworkProbe(NetworkDescription network, DataBlock data, ReadOnlySpan<int> rows, Loss loss, double meanWeight = 1)
    {
        _layout = new ParameterLayout(network);
        _layers = [.. ProbedLayer.In(network, _layout)];
        _gradients = new NetworkWeights(_layout);
        _pass = network.Layers is [CustomLayer] ? null : new ProbePass(network, data, rows, loss, meanWeight);
    }

    /// <summary>The layers that are measured, in order, without what is measured.</summary>
    public IReadOnlyList<LayerStatistics> Layers => [.. _layers.Select(layer => new LayerStatistics(layer.Index, layer.Name))];

    /// <summary>Chooses rows equally far apart.</summary>
    /// <param name="rows">The rows to choose from.</param>
    /// <param name="count">How many at most.</param>
    public static int[] Sample(ReadOnlySpan<int> rows, int count)
    {
        int[] sample = new int[Math.Min(rows.Length, count)];
        for (int i = 0; i < sample.Length; i++)
            sample[i] = rows[(int)((long)i * rows.Length / sample.Length)];
        return sample;
    }

    /// <summary>Measures all layers.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="before">Those before the last step; null where nobody knows.</param>
    public IReadOnlyList<LayerStatistics> Measure(NetworkWeights weights, NetworkWeights? before = null)
    {
        var units = _pass?.Run(weights, _gradients);
        return [.. _layers.Select(layer => Measure(layer, weights, before, units?[layer.Index]))];
    }

    private LayerStatistics Measure(ProbedLayer layer, NetworkWeights weights, NetworkWeights? before, UnitStatistics? units)
    {
        bool isTrained = layer.Tensors.Count > 0;
        double? old = before is null ? null : Norm(layer, before);
        return new LayerStatistics(layer.Index, layer.Name)
        {
            GradientNorm = isTrained && _pass is not null ? Norm(layer, _gradients) : null,
            WeightNorm = isTrained ? Norm(layer, weights) : null,
            UpdateRatio = old > 0 ? Norm(layer, weights, before) / old : null,
            ActivationMean = units?.Mean,
            ActivationDeviation = units?.Deviation,
            DeadShare = units?.DeadShare,
            SaturatedShare = units?.SaturatedShare,
        };
    }

    // The norm of the trained parameters of a layer, or of their difference from others.
    private static double Norm(ProbedLayer layer, NetworkWeights values, NetworkWeights? from = null)
    {
        double sum = 0;
        foreach (var tensor in layer.Tensors)
        {
            var numbers = values[tensor];
            var others = from is null ? default : from[tensor];
            for (int i = 0; i < numbers.Length; i++)
            {
                double difference = others.IsEmpty ? numbers[i] : (double)numbers[i] - others[i];
                sum += difference * difference;
            }
        }
        return Math.Sqrt(sum);
    }
}
