namespace MLExtensions.Trainers.Reading;

/// <summary>Rows that were read from one view or two.</summary>
/// <param name="Data">All rows.</param>
/// <param name="TrainingRows">How many of them are the training view's.</param>
internal sealed record RowsOfViews(DataBlock Data, int TrainingRows)
{
    /// <summary>How many rows the training view has, with those that were left out.</summary>
    public required long ViewRows { get; init; }

    /// <summary>What each training row is set aside by: see <see cref="RowKeys.ToKeys"/>; null where no column is.</summary>
    public int[]? Keys { get; init; }

    /// <summary>How many training rows lack it.</summary>
    public int RowsWithoutKey { get; init; }

    /// <summary>The number of each row in its view, counted from 0; null where none was left out.</summary>
    public long[]? Numbers { get; init; }
}
