using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Memory;

namespace MLExtensions.Networks.Optimizers;

/// <summary>What <see cref="AdamPOptimizer"/> knows of a weight matrix: sums over the weights of each output unit, and its decision.</summary>
internal sealed unsafe class AdamPMatrix
{
    private readonly int _offset;
    private readonly int _outputs;

    public AdamPMatrix(ManagedLinearLayer layer)
    {
        Layer = layer.Index;
        Inputs = layer.Inputs;
        Width = layer.Width;
        StripCount = layer.StripCount;
        _offset = layer.Offset;
        _outputs = layer.Outputs;
        int padded = StripCount * Width;
        (GradientByWeight, GradientSquared) = (new AlignedBuffer(padded), new AlignedBuffer(padded));
        (WeightSquared, DirectionByWeight) = (new AlignedBuffer(padded), new AlignedBuffer(padded));
        Coefficients = new AlignedBuffer(padded);
    }

    public int Layer { get; }

    public int Inputs { get; }

    public int Width { get; }

    public int StripCount { get; }

    /// <summary>g · w of each output unit.</summary>
    public AlignedBuffer GradientByWeight { get; }

    /// <summary>g · g.</summary>
    public AlignedBuffer GradientSquared { get; }

    /// <summary>w · w.</summary>
    public AlignedBuffer WeightSquared { get; }

    /// <summary>p · w.</summary>
    public AlignedBuffer DirectionByWeight { get; }

    /// <summary>What of w is taken from p, unit by unit.</summary>
    public AlignedBuffer Coefficients { get; }

    /// <summary>Whether anything is.</summary>
    public bool IsProjected { get; private set; }

    // A strip ends with a row of biases.
    private int StripLength => (Inputs + 1) * Width;

    /// <summary>Where the weights of a strip begin.</summary>
    public int OffsetOf(int strip) => _offset + strip * StripLength;

    /// <summary>The strip that has a place.</summary>
    public int StripOf(int offset) => (offset - _offset) / StripLength;

    /// <summary>Whether a place is that of a weight of this matrix.</summary>
    public bool HasWeightAt(int offset) =>
        offset >= _offset && offset < _offset + StripCount * StripLength && (offset - _offset) % StripLength < Inputs * Width;

    /// <summary>Decides by the angle between gradient and weights, unit by unit or of the whole.</summary>
    public void Decide(double delta, double epsilon)
    {
        double largest = 0, gradientByWeight = 0, gradientSquared = 0, weightSquared = 0, directionByWeight = 0;
        for (int unit = 0; unit < _outputs; unit++)
        {
            largest = Math.Max(largest, Cosine(GradientByWeight.Span[unit], GradientSquared.Span[unit], WeightSquared.Span[unit], epsilon));
            gradientByWeight += GradientByWeight.Span[unit];
            gradientSquared += GradientSquared.Span[unit];
            weightSquared += WeightSquared.Span[unit];
            directionByWeight += DirectionByWeight.Span[unit];
        }

        bool byUnit = largest < delta / Math.Sqrt(Inputs);
        bool whole = !byUnit && Cosine(gradientByWeight, gradientSquared, weightSquared, epsilon) < delta / Math.Sqrt((double)Inputs * _outputs);
        IsProjected = byUnit || whole;
        for (int unit = 0; unit < _outputs; unit++)
        {
            Coefficients.Span[unit] = byUnit ? Share(DirectionByWeight.Span[unit], WeightSquared.Span[unit], epsilon)
                : whole ? Share(directionByWeight, weightSquared, epsilon)
                : 0;
        }
    }

    private static double Cosine(double product, double left, double right, double epsilon) =>
        Math.Abs(product) / (Math.Sqrt(left) + epsilon) / (Math.Sqrt(right) + epsilon);

    private static float Share(double product, double squared, double epsilon) => (float)(product / Math.Pow(Math.Sqrt(squared) + epsilon, 2));
}
