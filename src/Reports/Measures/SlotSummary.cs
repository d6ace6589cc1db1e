namespace MLExtensions.Reports.Measures;

/// <summary>What the values of a slot are like.</summary>
internal sealed class SlotSummary
{
    // Beyond this it is many.
    private const int MostDistinct = 1000;

    private readonly HashSet<float> _distinct = [];
    private double _sum;

    /// <summary>The number of values that are there.</summary>
    public int Present { get; private set; }

    /// <summary>The number of NaN.</summary>
    public int Missing { get; private set; }

    /// <summary>The least value; NaN where there is none.</summary>
    public float Minimum { get; private set; } = float.NaN;

    /// <summary>The greatest value; NaN where there is none.</summary>
    public float Maximum { get; private set; } = float.NaN;

    /// <summary>The mean; NaN where there is none.</summary>
    public double Mean => _sum / Present;

    /// <summary>How many different values there are, in words.</summary>
    public string Distinct => _distinct.Count > MostDistinct ? Invariant($"over {MostDistinct}") : Invariant($"{_distinct.Count}");

    /// <summary>Whether there is one value, or none.</summary>
    public bool IsConstant => _distinct.Count <= 1 && (Missing == 0 || Present == 0);

    /// <summary>Takes one more value.</summary>
    public void Add(float value)
    {
        if (float.IsNaN(value))
        {
            Missing++;
            return;
        }
        Present++;
        _sum += value;
        Minimum = Present == 1 ? value : Math.Min(Minimum, value);
        Maximum = Present == 1 ? value : Math.Max(Maximum, value);
        if (_distinct.Count <= MostDistinct)
            _distinct.Add(value);
    }
}
