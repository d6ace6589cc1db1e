namespace MLExtensions.Transforms.Statistics;

/// <summary>Numbers in ascending order, of which zeros are counted only: a sparse column is nearly all zeros.</summary>
internal sealed class SortedSample
{
    private readonly double[] _others;
    private readonly int _negative;

    /// <param name="others">The numbers besides zero, ascending; they are not copied.</param>
    /// <param name="zeros">How many zeros there are.</param>
    public SortedSample(double[] others, long zeros)
    {
        _others = others;
        _negative = FirstPositive(others);
        Zeros = zeros;
    }

    /// <summary>The negative numbers, ascending.</summary>
    public ReadOnlySpan<double> Negative => _others.AsSpan(0, _negative);

    /// <summary>How many zeros follow them.</summary>
    public long Zeros { get; }

    /// <summary>The positive numbers after those, ascending.</summary>
    public ReadOnlySpan<double> Positive => _others.AsSpan(_negative);

    /// <summary>How many numbers there are.</summary>
    public long Count => _others.Length + Zeros;

    /// <summary>The smallest number.</summary>
    public double Minimum => this[0];

    /// <summary>The largest number.</summary>
    public double Maximum => this[Count - 1];

    /// <summary>The number of a rank, counted from 0.</summary>
    public double this[long rank]
    {
        get
        {
            if (rank < _negative)
                return _others[rank];
            return rank < _negative + Zeros ? 0 : _others[rank - Zeros];
        }
    }

    private static int FirstPositive(double[] ascending)
    {
        int place = Array.BinarySearch(ascending, 0.0);
        return place < 0 ? ~place : throw new ArgumentException("A zero stands among the numbers besides zero.", nameof(ascending));
    }
}
