namespace MLExtensions.Transforms.Fitting;

/// <summary>Feeds the statistics of one column from a cursor, row by row.</summary>
internal abstract class ColumnReader<TStatistics>(DataViewRow row, DataViewSchema.Column column)
{
    public DataViewSchema.Column Column { get; } = column;

    protected DataViewRow Row { get; } = row;

    /// <summary>Reads the row at which the cursor stands.</summary>
    /// <exception cref="InvalidOperationException">A value is infinite, in this row or in one of the few before.</exception>
    public abstract void AddRow();

    /// <summary>The statistics of the rows so far, which may be too few to fit to; those of several partitions can be merged.</summary>
    /// <exception cref="InvalidOperationException">One of the last few rows holds an infinity.</exception>
    public abstract TStatistics Statistics();

    /// <summary>The statistics of the rows so far, enough to fit to.</summary>
    /// <exception cref="InvalidOperationException">There are too few numbers, or one of the last few rows holds an infinity.</exception>
    public TStatistics Finish()
    {
        var statistics = Statistics();
        RequireEnough(statistics);
        return statistics;
    }

    /// <summary>Refuses statistics of too few numbers.</summary>
    protected abstract void RequireEnough(TStatistics statistics);
}
