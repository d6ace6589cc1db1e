namespace MLExtensions.Transforms.Fitting;

/// <summary>Feeds the covariances of one column from a cursor. A row with a NaN is left out.</summary>
internal sealed class CovarianceReader : ColumnReader<Covariance>
{
    private readonly NumbersOfRow _numbers;
    private readonly Covariance _covariance;

    public CovarianceReader(DataViewRow row, DataViewSchema.Column column)
        : base(row, column)
    {
        _numbers = NumbersOfRow.Of(row, column);
        _covariance = new(ScalableTypes.SlotsOf(column.Type));
    }

    public override void AddRow()
    {
        var numbers = _numbers.Read();
        bool isComplete = true;
        for (int slot = 0; slot < numbers.Length; slot++)
        {
            if (double.IsInfinity(numbers[slot]))
                throw SlotTexts.Infinite(Column, slot, Row.Position);
            isComplete &= !double.IsNaN(numbers[slot]);
        }
        if (!isComplete)
            return;

        if (!_covariance.HasRoom)
        {
            throw new InvalidOperationException(Invariant($"Column '{Column.Name}' has {numbers.Length} slots, and the covariances of so many exceed an array, ") +
                Invariant($"in row {Row.Position} (counted from 0). Leave some slots out, or fit to fewer rows than slots."));
        }
        _covariance.Add(numbers);
    }

    public override Covariance Statistics() => _covariance;

    protected override void RequireEnough(Covariance statistics)
    {
        if (statistics.Count < 2)
        {
            throw new InvalidOperationException($"Column '{Column.Name}' has {statistics.Count} {(statistics.Count == 1 ? "row" : "rows")} without NaN, and covariances need at least two. " +
                "Replace missing values first, or fit to more rows.");
        }
    }
}
