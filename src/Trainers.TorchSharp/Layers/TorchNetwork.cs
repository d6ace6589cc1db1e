using MLExtensions.Trainers.Network;
using static TorchSharp.torch;

namespace MLExtensions.Trainers.TorchSharp;

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

        TorchLayer Make(Layer layer, Func<string, Tensor> parameter) => layer switch
        {
            LinearLayer => new TorchLinearLayer(parameter("weight"), parameter("bias"), precision),
            BatchNormalizationLayer normalization => new TorchBatchNormalizationLayer(
                normalization, parameter("weight"), parameter("bias"), parameter("running_mean"), parameter("running_var")),
            ActivationLayer { Activation: var activation } => new TorchActivationLayer(activation),
            DropoutLayer { Rate: var rate } => new TorchDropoutLayer(rate, random),
            _ => throw new NotSupportedException($"The TorchSharp engine has no layer for {layer.GetType().Name}."),
        };
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
