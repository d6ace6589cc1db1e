namespace MLExtensions.Trainers.Labels;

/// <summary>A label column of one schema: how many numbers a row has, and how they are read.</summary>
/// <param name="Column">The column.</param>
/// <param name="TargetCount">The number of values of a row.</param>
/// <param name="Expected">What a value must be, for messages.</param>
/// <param name="CreateReader">
/// Makes the reader of a cursor: it writes the row's values, NaN where a value is missing.
/// </param>
internal sealed record LabelColumn(DataViewSchema.Column Column, int TargetCount, string Expected, Func<DataViewRow, LabelReader> CreateReader)
{
    /// <summary>The values that are met, of which each is read as its code; null where numbers are read, or keys.</summary>
    public LabelIndex? Index { get; init; }

    /// <summary>What the values were found to be, once the training rows were read; null where they are no classes.</summary>
    public ClassLabels? Classes { get; init; }

    /// <summary>How numbers are scaled, where that is settled before the training rows are read; null where it follows from these.</summary>
    public LabelScaling? Scaling { get; init; }

    /// <summary>What a missing value looks like, for messages.</summary>
    public string Missing => Column.Type switch
    {
        TextDataViewType => "empty or blank text",
        KeyDataViewType => "a missing key",
        _ => "NaN",
    };

    /// <summary>What a value must be besides finite; null where any finite number will do.</summary>
    public Func<float, bool>? Accepts { get; init; }

    /// <summary>Whether values may be missing, which is NaN then.</summary>
    public bool MayMiss { get; init; }

    /// <summary>Whether all values are finite and as expected, or may be missing.</summary>
    public bool AcceptsAll(ReadOnlySpan<float> values)
    {
        if (!RowChecks.AllFinite(values))
            return MayMiss && AcceptsAllButMissing(values);

        if (Accepts is not null)
        {
            foreach (float value in values)
            {
                if (!Accepts(value))
                    return false;
            }
        }
        return true;
    }

    private bool AcceptsAllButMissing(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsNaN(value) && !(float.IsFinite(value) && Accepts?.Invoke(value) != false))
                return false;
        }
        return true;
    }
}

/// <summary>Reads the label of the present row.</summary>
/// <param name="destination">Receives the values, as many as the column's <see cref="LabelColumn.TargetCount"/>.</param>
internal delegate void LabelReader(Span<float> destination);
