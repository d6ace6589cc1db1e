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
                LayerNormalizationLayer { Size: var size } normalization => LayerNormalization(
                    [size], Affine(normalization.Affine, "weight"), Affine(normalization.Affine, "bias"), normalization.Epsilon),
                PReluLayer => PRelu(parameter("weight")),
                MixedActivationLayer { Inner: var inner } => Mixed(TorchActivations.Of(inner), parameter("weight")),
                OneHotLayer { Layout: var layout } => new TorchOneHotLayer(layout),
                EmbeddingLayer embedding => new TorchEmbeddingLayer(embedding, parameter),
                ScalingLayer => Scaling(parameter("weight")),
                MemberInputLayer { Size: var size } => TorchMembers.Input(parameter("scale"), size),
                MemberScalingLayer scaling => TorchMembers.Scaling(parameter("scale"), scaling.HasShift ? parameter("shift") : null),
                MemberOutputLayer output => new TorchMemberOutputLayer(output, parameter("weight"), parameter("bias"), precision),
                // Not amax, which divides the gradient among equal values.
                MaxoutLayer { Units: var units, Pieces: var pieces } => new TorchFunction(x => x.view(-1, pieces, units).max(1).values),
                ActivationLayer { Activation: CustomActivation custom } => new TorchCustomActivationLayer(custom.GetFunction()),
                ActivationLayer { Activation: var activation } => new TorchFunction(TorchActivations.Of(activation)),
                DropoutLayer { Rate: var rate } => new TorchDropoutLayer(rate, random),
                _ => throw new NotSupportedException($"The TorchSharp engine has no layer for {layer.GetType().Name}."),
            };

            Tensor? Affine(bool affine, string name) => affine ? parameter(name) : null;
        }
    }

    private static TorchFunction LayerNormalization(long[] shape, Tensor? scale, Tensor? shift, float epsilon) =>
        new(x => nn.functional.layer_norm(x, shape, scale, shift, epsilon));

    private static TorchFunction PRelu(Tensor slopes) => new(x => nn.functional.prelu(x, slopes));

    private static TorchFunction Mixed(Func<Tensor, Tensor> function, Tensor shares) => new(x => x + shares * (function(x) - x));

    private static TorchFunction Scaling(Tensor factors) => new(x => x * factors);

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
