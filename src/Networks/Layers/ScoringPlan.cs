using MLExtensions.Networks.Activations;
using MLExtensions.Networks.Memory;

namespace MLExtensions.Networks.Layers;

/// <summary>Turns a description and its weights into steps.</summary>
internal static class ScoringPlan
{
    /// <summary>The steps, in order.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    public static ScoringStep[] Make(NetworkDescription network, NetworkWeights weights)
    {
        var steps = new List<ScoringStep>();
        int columns = network.Inputs;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            switch (network.Layers[i])
            {
                case LinearLayer linear:
                    columns = linear.Outputs;
                    BatchNormalizationLayer? next = i + 1 < network.Layers.Count ? network.Layers[i + 1] as BatchNormalizationLayer : null;
                    NormalizationFactors? folded = next is null ? null : NormalizationFactors.Of(next, i + 1, weights);
                    steps.Add(new LinearStep(Prepare(linear, i, weights, folded)));
                    i += next is null ? 0 : 1;
                    break;
                case BatchNormalizationLayer normalization:
                    steps.Add(new ScaleStep(NormalizationFactors.Of(normalization, i, weights)));
                    break;
                case LayerNormalizationLayer normalization:
                    steps.Add(new LayerNormalizationStep(normalization, i, weights));
                    break;
                case PReluLayer prelu:
                    steps.Add(new PReluStep(prelu, i, weights));
                    break;
                case MaxoutLayer maxout:
                    columns = maxout.Units;
                    steps.Add(new MaxoutStep(maxout));
                    break;
                case ActivationLayer { Activation: CustomActivation custom }:
                    steps.Add(new CustomActivationStep(custom.GetFunction(), columns));
                    break;
                case ActivationLayer { Activation: not IdentityActivation } activation:
                    steps.Add(activation.Activation.MakeWith(new ActivationMaker(StripMatrix.PaddedColumns(columns))));
                    break;
                case ActivationLayer or DropoutLayer:
                    break;
                default:
                    throw new NotSupportedException($"The managed engine has no layer for {network.Layers[i]}.");
            }
        }

        return [.. steps];
    }

    // ((W x + b) - mean) scale + shift = (scale W) x + (b - mean) scale + shift, in double precision, rounded once.
    private static StripMatrix Prepare(LinearLayer layer, int index, NetworkWeights weights, NormalizationFactors? folded)
    {
        ReadOnlySpan<float> matrix = weights[$"{index}.weight"];
        ReadOnlySpan<float> bias = weights[$"{index}.bias"];
        var prepared = new StripMatrix(layer.Inputs + 1, layer.Outputs);
        for (int output = 0; output < layer.Outputs; output++)
        {
            double scale = folded?.Scales[output] ?? 1;
            for (int input = 0; input < layer.Inputs; input++)
                prepared[input, output] = (float)(matrix[output * layer.Inputs + input] * scale);
            prepared[layer.Inputs, output] = folded is null
                ? bias[output]
                : (float)((bias[output] - folded.Means[output]) * scale + folded.Shifts[output]);
        }

        return prepared;
    }

    private readonly struct ActivationMaker(int paddedColumns) : IActivationMaker<ScoringStep>
    {
        public ScoringStep Make<TFunction>(TFunction function)
            where TFunction : struct, IVectorFunction => new ActivationStep<TFunction>(function, paddedColumns);
    }
}
