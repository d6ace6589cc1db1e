using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Optimizers;
using MLExtensions.Networks.Update;

namespace MLExtensions.Networks.Managed;

/// <summary>A network with buffers for training on batches.</summary>
internal sealed class ManagedNetwork
{
    /// <summary>Allocates the buffers.</summary>
    /// <param name="network">The description.</param>
    /// <param name="settings">The settings of the session.</param>
    /// <param name="features">Where the features of a batch will be, [batch x inputs].</param>
    public ManagedNetwork(NetworkDescription network, EngineSettings settings, StripMatrix features)
    {
        Parameters = new ParameterStore(network.Layers.Sum(ParameterLength));
        var layers = new List<ManagedLayer>();
        StripMatrix values = features;
        StripMatrix? gradient = null;
        ulong dropoutKey = RandomStream.Key(settings.Seed, "dropout");
        int offset = 0;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            // These go back to their input or to nothing, activations at most to their output.
            bool mayOverwrite = layers.Count == 0 || layers[^1] is ManagedLinearLayer or ManagedBatchNormalizationLayer
                or ManagedLayerNormalizationLayer or ManagedPReluLayer or ManagedMaxoutLayer or ManagedCustomActivationLayer;
            ManagedLayer layer = network.Layers[i] switch
            {
                LinearLayer linear => new ManagedLinearLayer(linear, i, Parameters, offset, inputGradient: gradient, settings)
                {
                    Input = values,
                    Output = new StripMatrix(settings.MaximumBatchRows, linear.Outputs),
                    Gradient = new StripMatrix(settings.MaximumBatchRows, linear.Outputs),
                },
                BatchNormalizationLayer normalization => new ManagedBatchNormalizationLayer(
                    normalization, i, settings.MaximumBatchRows, Parameters, offset)
                {
                    Input = values,
                    Output = new StripMatrix(settings.MaximumBatchRows, normalization.Size),
                    Gradient = gradient ?? new StripMatrix(settings.MaximumBatchRows, normalization.Size),
                },
                LayerNormalizationLayer normalization => new ManagedLayerNormalizationLayer(
                    normalization, i, settings.MaximumBatchRows, Parameters, offset)
                {
                    Input = values,
                    Output = new StripMatrix(settings.MaximumBatchRows, normalization.Size),
                    Gradient = gradient ?? new StripMatrix(settings.MaximumBatchRows, normalization.Size),
                },
                PReluLayer prelu => new ManagedPReluLayer(prelu, i, settings.MaximumBatchRows, Parameters, offset)
                {
                    Input = values,
                    Output = new StripMatrix(settings.MaximumBatchRows, prelu.Size),
                    Gradient = gradient ?? new StripMatrix(settings.MaximumBatchRows, prelu.Size),
                },
                MaxoutLayer maxout => new ManagedMaxoutLayer(maxout, settings.MaximumBatchRows)
                {
                    Input = values,
                    Output = new StripMatrix(settings.MaximumBatchRows, maxout.Units),
                    InputGradient = gradient,
                    Gradient = gradient is null ? null : new StripMatrix(settings.MaximumBatchRows, maxout.Units),
                },
                DropoutLayer dropout => new ManagedDropoutLayer(dropout.Rate, dropoutKey, i)
                {
                    Input = values,
                    Output = mayOverwrite ? values : new StripMatrix(settings.MaximumBatchRows, values.Columns),
                    Gradient = gradient,
                },
                ActivationLayer { Activation: CustomActivation custom } => new ManagedCustomActivationLayer(
                    custom.GetFunction(), settings.MaximumBatchRows, values.Columns)
                {
                    Input = values,
                    Output = new StripMatrix(settings.MaximumBatchRows, values.Columns),
                    Gradient = gradient,
                },
                ActivationLayer activation => ManagedActivationLayer.Create(activation.Activation, values, mayOverwrite, gradient),
                _ => throw new NotSupportedException($"The managed engine has no layer for {network.Layers[i]}."),
            };
            layers.Add(layer);
            values = layer.Output;
            gradient = layer.Gradient;
            offset += ParameterLength(network.Layers[i]);
        }

        Layers = [.. layers];
        NeedsPreparation = layers.Exists(layer => layer.NeedsPreparation);
        Stages = Stage.Divide(Layers);
        UpdateShares = new UpdateShares(Layers);
    }

    /// <summary>The trained parameters.</summary>
    public ParameterStore Parameters { get; }

    /// <summary>The layers, first to last.</summary>
    public ManagedLayer[] Layers { get; }

    /// <summary>The same layers, divided where threads have to meet.</summary>
    public Stage[] Stages { get; }

    /// <summary>How members share the update of the parameters.</summary>
    public UpdateShares UpdateShares { get; }

    /// <summary>Whether a layer has to be prepared for every step.</summary>
    public bool NeedsPreparation { get; }

    /// <summary>The outputs of the last layer, [batch x outputs].</summary>
    public StripMatrix Outputs => Layers[^1].Output;

    /// <summary>The gradient with respect to the outputs.</summary>
    public StripMatrix OutputGradient => Layers[^1].Gradient!;

    private static int ParameterLength(Layer layer) => layer switch
    {
        LinearLayer linear => ManagedLinearLayer.ParameterLength(linear),
        BatchNormalizationLayer normalization => ManagedBatchNormalizationLayer.ParameterLength(normalization),
        LayerNormalizationLayer normalization => ManagedLayerNormalizationLayer.ParameterLength(normalization),
        PReluLayer prelu => ManagedPReluLayer.ParameterLength(prelu),
        _ => 0,
    };
}
