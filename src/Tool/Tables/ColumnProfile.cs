namespace MLExtensions.Tool.Tables;

/// <summary>What one pass over the file finds in a column.</summary>
internal sealed class ColumnProfile(string name)
{
    private const int MaximumDistinct = 100_000;

    private readonly HashSet<string> _distinct = new(StringComparer.Ordinal);
    private double _previous = double.NaN;

    public string Name => name;

    /// <summary>Rows with a value.</summary>
    public long Present { get; private set; }

    /// <summary>Rows without.</summary>
    public long Missing { get; private set; }

    public long Numbers { get; private set; }

    public long WholeNumbers { get; private set; }

    public long Dates { get; private set; }

    public long DecimalCommas { get; private set; }

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether each number is the one before and 1.</summary>
    public bool CountsRows { get; private set; } = true;

    /// <summary>A value that is no number, and its line; null where all are.</summary>
    public (string Text, long Line)? NoNumber { get; private set; }

    /// <summary>How many different values there are, up to a limit; numbers are equal where they are as numbers.</summary>
    public int Distinct => _distinct.Count;

    /// <summary>Whether there are more different values than are counted.</summary>
    public bool HasMore => _distinct.Count >= MaximumDistinct;

    /// <summary>Some of the values.</summary>
    public IEnumerable<string> Examples => _distinct;

    /// <summary>Whether the values are numbers, but for a few in a hundred that cannot be read.</summary>
    public bool IsNumeric => Numbers > 0 && Numbers >= 0.95 * Present;

    /// <summary>Whether they are whole numbers of few values, ten rows for each: EncodeTable's own rule.</summary>
    public bool IsCode => Numbers == Present && WholeNumbers == Present && Missing == 0 && Distinct <= 24 && Present >= 10L * Distinct;

    /// <summary>Notes a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="missing">Texts that stand for none.</param>
    /// <param name="line">Its line.</param>
    public void Add(ReadOnlySpan<char> cell, IReadOnlyList<string> missing, long line)
    {
        if (CellText.IsMissing(cell, missing))
        {
            Missing++;
            CountsRows = false;
            return;
        }
        Present++;
        if (CellText.TryNumber(cell, out double number))
            AddNumber(number);
        else
            AddText(cell, line);
    }

    private void AddNumber(double number)
    {
        Numbers++;
        if (double.IsInteger(number))
            WholeNumbers++;
        CountsRows &= double.IsInteger(number) && (double.IsNaN(_previous) || number == _previous + 1);
        _previous = number;
        (Minimum, Maximum) = (Math.Min(Minimum, number), Math.Max(Maximum, number));
        if (!HasMore)
            _distinct.Add(CellText.Code(number));
    }

    private void AddText(ReadOnlySpan<char> cell, long line)
    {
        CountsRows = false;
        NoNumber ??= (cell.Length > 40 ? $"{cell[..40]}..." : cell.ToString(), line);
        if (CellText.TryDate(cell, out _))
            Dates++;
        if (CellText.HasDecimalComma(cell))
            DecimalCommas++;
        if (HasMore)
            return;
        var distinct = _distinct.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!distinct.Contains(cell))
            distinct.Add(cell);
    }
}
