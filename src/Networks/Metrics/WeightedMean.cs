namespace MLExtensions.Networks.Metrics;

/// <summary>A weighted mean that grows value by value.</summary>
internal struct WeightedMean
{
    private double _sum;

    /// <summary>The weight of all that was added.</summary>
    public double Weight { get; private set; }

    /// <summary>The mean; 0 where nothing has weight.</summary>
    public readonly double Value => Weight > 0 ? _sum / Weight : 0;

    /// <summary>Adds a value.</summary>
    public void Add(double value, double weight)
    {
        _sum += weight * value;
        Weight += weight;
    }
}
