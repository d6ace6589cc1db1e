namespace MLExtensions.Networks.Metrics;

/// <summary>Goes through rows of two classes from the highest score down, rows of equal scores together.</summary>
internal ref struct TiedRows
{
    private readonly ReadOnlySpan<bool> _arePositive;
    private readonly ReadOnlySpan<float> _weights;
    private readonly float[] _sorted;
    private readonly int[] _order;
    private int _end;

    /// <summary>Sorts the rows.</summary>
    /// <param name="scores">The score of each row, none NaN.</param>
    /// <param name="arePositive">Whether each row is positive.</param>
    /// <param name="weights">The weight of each row.</param>
    public TiedRows(ReadOnlySpan<float> scores, ReadOnlySpan<bool> arePositive, ReadOnlySpan<float> weights)
    {
        _arePositive = arePositive;
        _weights = weights;
        _sorted = scores.ToArray();
        _order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(_sorted, _order);
        _end = scores.Length;
    }

    /// <summary>The number of rows of equal scores.</summary>
    public int Count { get; private set; }

    /// <summary>The weight of the positive rows among them.</summary>
    public double Positives { get; private set; }

    /// <summary>The weight of the negative rows among them.</summary>
    public double Negatives { get; private set; }

    /// <summary>Goes to the rows of the next lower score.</summary>
    public bool MoveNext()
    {
        (Count, Positives, Negatives) = (0, 0, 0);
        if (_end == 0)
            return false;

        float score = _sorted[_end - 1];
        for (; _end > 0 && _sorted[_end - 1] == score; _end--)
        {
            int row = _order[_end - 1];
            if (_arePositive[row])
                Positives += _weights[row];
            else
                Negatives += _weights[row];
            Count++;
        }
        return true;
    }
}
