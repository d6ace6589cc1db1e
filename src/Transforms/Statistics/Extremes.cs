using System.Numerics;

namespace MLExtensions.Transforms;

/// <summary>Count, smallest and largest value.</summary>
internal struct Extremes : IAccumulator<Extremes>
{
    public Extremes(long count, double minimum, double maximum)
    {
        Count = count;
        Minimum = minimum;
        Maximum = maximum;
    }

    public long Count { get; private set; }

    public double Minimum { get; private set; }

    public double Maximum { get; private set; }

    public static Extremes OfZeros(long count) => new() { Count = count };

    public static DenseStatistics<Extremes, T> OfDenseRows<T>(int slots)
        where T : unmanaged, IFloatingPointIeee754<T> => new DenseExtremes<T>(slots);

    public void Add(double value)
    {
        Minimum = Count == 0 ? value : Math.Min(Minimum, value);
        Maximum = Count == 0 ? value : Math.Max(Maximum, value);
        Count++;
    }

    public void Merge(Extremes other)
    {
        if (other.Count == 0)
            return;
        if (Count == 0)
        {
            this = other;
            return;
        }

        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        Count += other.Count;
    }
}
