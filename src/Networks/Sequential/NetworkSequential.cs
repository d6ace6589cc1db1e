namespace MLExtensions.Networks.Sequential;

/// <summary>A network as a <c>torch.nn.Sequential</c>, layer by layer.</summary>
internal static class NetworkSequential
{
    /// <summary>Writes a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="scales">What outputs are multiplied by afterwards; null for nothing.</param>
    /// <param name="shifts">What is added to them then; null for nothing.</param>
    /// <exception cref="NotSupportedException">A layer has no form in PyTorch; the message names it.</exception>
    public static SequentialWriter Write(NetworkDescription network, NetworkWeights weights, double[]? scales = null, double[]? shifts = null)
    {
        var writer = new SequentialWriter();
        foreach (var (index, layer) in network.Layers.Index())
        {
            writer.Tensors = name => weights[Invariant($"{index}.{name}")].ToArray();
            if (index == network.Layers.Count - 1 && layer is LinearLayer last)
                writer.AddLinear(last.Inputs, last.Outputs, writer.Tensors("weight"), writer.Tensors("bias"), scales, shifts);
            else
                layer.WriteTorch(writer);
        }
        return writer;
    }

    /// <summary>Writes a network whose outputs are labels as a scaling has them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="scaling">The scaling.</param>
    /// <exception cref="NotSupportedException">A layer or the scaling has no form in PyTorch; the message names it.</exception>
    public static SequentialWriter Write(NetworkDescription network, NetworkWeights weights, LabelScaling scaling)
    {
        if (scaling.HasLogLink || scaling.Transform is LabelTransform.Log or LabelTransform.LogOnePlus)
            throw new NotSupportedException("Scores that are exponentials (LabelTransform.Log, a loss with a log link) have no form in a torch.nn.Sequential: train with another LabelTransform or Loss, or write the model in the ONNX format (SaveOnnx).");
        if (!scaling.Clamp)
            return Write(network, weights, scaling.StandardDeviations, scaling.Means);

        if (scaling.Labels == 1 && scaling.Minima[0] < scaling.Maxima[0])
        {
            var limited = Write(network, weights, scaling.StandardDeviations, scaling.Means);
            limited.Add(TorchModule.Of("Hardtanh", scaling.Minima[0], scaling.Maxima[0]));
            return limited;
        }

        // Each label has limits of its own: -1 and 1 in units of half of their distance.
        double[] middles = [.. scaling.Minima.Zip(scaling.Maxima, (least, most) => (least + most) / 2)], halves = [.. scaling.Minima.Zip(scaling.Maxima, (least, most) => (most - least) / 2)];
        var writer = Write(network, weights, [.. scaling.StandardDeviations.Select((unit, i) => halves[i] > 0 ? unit / halves[i] : 0)],
            [.. scaling.Means.Select((mean, i) => halves[i] > 0 ? (mean - middles[i]) / halves[i] : 0)]);
        writer.Add(TorchModule.Of("Hardtanh", -1.0, 1.0));
        writer.AddDiagonal(halves, middles);
        return writer;
    }
}
