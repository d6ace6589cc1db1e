namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>A network on the device.</summary>
internal sealed class TorchNetwork : ITorchNetwork
{
    private readonly TorchLayer[] _layers;

    /// <summary>Makes a network over parameters.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="precision">The precision of matrix products.</param>
    /// <param name="random">The source of dropout's masks, or null on a GPU.</param>
    public TorchNetwork(NetworkDescription network, TorchParameters parameters, MatrixPrecision precision, Generator? random)
    {
        _layers = [.. network.Layers.Select((layer, index) => Make(layer, name => parameters[$"{index}.{name}"]))];

        TorchLayer Make(Layer layer, Func<string, Tensor> parameter)
        {
            return layer switch
            {
                LinearLayer linear => new TorchLinearLayer(
                    parameter("weight"), parameter("bias"), precision, new TorchDropoutLayer(linear.DropConnectRate, random)),
                BatchNormalizationLayer normalization => new TorchBatchNormalizationLayer(
                    normalization, Affine(normalization.Affine, "weight"), Affine(normalization.Affine, "bias"), parameter("running_mean"), parameter("running_var")),
                LayerNormalizationLayer normalization => new TorchLayerNormalizationLayer(
                    normalization, Affine(normalization.Affine, "weight"), Affine(normalization.Affine, "bias")),
                PReluLayer => new TorchPReluLayer(parameter("weight")),
                ScalingLayer => new TorchScalingLayer(parameter("weight")),
                MaxoutLayer { Units: var units, Pieces: var pieces } => new TorchMaxoutLayer(units, pieces),
                ActivationLayer { Activation: CustomActivation custom } => new TorchCustomActivationLayer(custom.GetFunction()),
                ActivationLayer { Activation: var activation } => new TorchActivationLayer(activation),
                DropoutLayer { Rate: var rate } => new TorchDropoutLayer(rate, random),
                _ => throw new NotSupportedException($"The TorchSharp engine has no layer for {layer.GetType().Name}."),
            };

            Tensor? Affine(bool affine, string name) => affine ? parameter(name) : null;
        }
    }

    /// <inheritdoc/>
    public void BeginStep(in StepSettings settings)
    {
        foreach (var layer in _layers)
            layer.BeginStep(settings);
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor features, bool training)
    {
        var values = features;
        foreach (var layer in _layers)
            values = layer.Forward(values, training);
        return values;
    }

    /// <summary>Sets the share of a batch in the running statistics of normalization; null for the layers' own.</summary>
    public void SetStatisticsShare(float? share)
    {
        foreach (var layer in _layers.OfType<TorchBatchNormalizationLayer>())
            layer.StatisticsShare = share;
    }
}
