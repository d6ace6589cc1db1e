namespace MLExtensions.Networks.Layers;

/// <summary>What a layer does in scoring that treats each unit by itself: y = (x - mean) x scale + shift. At first the identity.</summary>
/// <param name="size">The number of units.</param>
internal sealed class UnitFactors(int size)
{
    /// <summary>What is subtracted.</summary>
    public double[] Means { get; } = new double[size];

    /// <summary>What the difference is multiplied by.</summary>
    public double[] Scales { get; } = [.. Enumerable.Repeat(1.0, size)];

    /// <summary>What is added.</summary>
    public double[] Shifts { get; } = new double[size];
}
