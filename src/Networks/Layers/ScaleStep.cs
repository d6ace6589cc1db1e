using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Layers;

/// <summary>A normalization that no linear layer precedes: y = (x - mean) x scale + shift, in place.</summary>
internal sealed unsafe class ScaleStep : ScoringStep
{
    private readonly AlignedBuffer _means;
    private readonly AlignedBuffer _scales;
    private readonly AlignedBuffer _shifts;
    private readonly int _width;

    public ScaleStep(NormalizationFactors factors)
    {
        int padded = StripMatrix.PaddedColumns(factors.Means.Length);
        _means = new AlignedBuffer(padded);
        _scales = new AlignedBuffer(padded);
        _shifts = new AlignedBuffer(padded);
        _width = StripMatrix.WidthOf(factors.Means.Length);
        for (int i = 0; i < factors.Means.Length; i++)
        {
            _means.Span[i] = (float)factors.Means[i];
            _scales.Span[i] = (float)factors.Scales[i];
            _shifts.Span[i] = (float)factors.Shifts[i];
        }
    }

    public override float* Run(float* values, float* free, int rows)
    {
        for (int column = 0; column < _means.Length; column += _width)
        {
            float* strip = values + (nint)column * rows;
            InstructionSet.Run(new Normalize(
                strip, strip, rows, _width, _means.Pointer + column, _scales.Pointer + column, _shifts.Pointer + column));
        }

        return values;
    }
}

/// <summary>A normalization layer in scoring: y = (x - mean) x scale + shift, with scale = γ / √(variance + ε).</summary>
internal sealed record NormalizationFactors(double[] Means, double[] Scales, double[] Shifts)
{
    /// <summary>Computes the factors of a layer.</summary>
    public static NormalizationFactors Of(BatchNormalizationLayer layer, int index, NetworkWeights weights)
    {
        var factors = new NormalizationFactors(new double[layer.Size], new double[layer.Size], new double[layer.Size]);
        for (int i = 0; i < layer.Size; i++)
        {
            factors.Means[i] = weights[$"{index}.running_mean"][i];
            factors.Scales[i] = (layer.Affine ? weights[$"{index}.weight"][i] : 1) / Math.Sqrt((double)weights[$"{index}.running_var"][i] + layer.Epsilon);
            factors.Shifts[i] = layer.Affine ? weights[$"{index}.bias"][i] : 0;
        }

        return factors;
    }
}
