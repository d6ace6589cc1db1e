namespace MLExtensions.Transforms.Fitting;

/// <summary>The statistics of one input column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Statistics">Its statistics.</param>
/// <param name="Rows">How many rows were read, with or without numbers.</param>
internal sealed record FittedColumn<TStatistics>(DataViewSchema.Column Column, TStatistics Statistics, long Rows);

/// <summary>Fits all columns of a scaler, whose statistics are read through one cursor, once.</summary>
internal static class StatisticsPass
{
    /// <summary>Fits to statistics of every slot by itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be scaled.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, a slot holds no number, or a value is infinite.</exception>
    public static ScaledColumn<TParameters>[] FitSlots<TAccumulator, TParameters>(IDataView data, IReadOnlyList<InputOutputColumnPair> pairs,
        Func<FittedColumn<TAccumulator[]>, TParameters> parametersOf)
        where TAccumulator : struct, IAccumulator<TAccumulator> =>
        Fit(data, pairs, ScalableTypes.Expected, ScalableTypes.Accepts, SlotReader<TAccumulator>.Create, parametersOf);

    /// <summary>Fits to the covariances of the slots.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or no vector of known size.</exception>
    /// <exception cref="InvalidOperationException">A value is infinite, or fewer than two rows are without NaN.</exception>
    public static ScaledColumn<TParameters>[] FitVectors<TParameters>(IDataView data, IReadOnlyList<InputOutputColumnPair> pairs,
        Func<FittedColumn<Covariance>, TParameters> parametersOf) =>
        Fit(data, pairs, ScalableTypes.ExpectedVector, ScalableTypes.AcceptsVector, (row, column) => new CovarianceReader(row, column), parametersOf);

    private static ScaledColumn<TParameters>[] Fit<TStatistics, TParameters>(IDataView data, IReadOnlyList<InputOutputColumnPair> pairs,
        string expected, Func<DataViewType, bool> accepts,
        Func<DataViewRow, DataViewSchema.Column, ColumnReader<TStatistics>> read, Func<FittedColumn<TStatistics>, TParameters> parametersOf)
    {
        ArgumentNullException.ThrowIfNull(data);

        var columns = pairs.Select(pair =>
            ScalableTypes.RequireNumbers(SchemaChecks.Require(data.Schema, "input", pair.InputColumnName, expected, accepts, ScalingAdvice.Of))).ToArray();
        using var cursor = data.GetRowCursor(columns.DistinctBy(column => column.Index));
        var readers = Array.ConvertAll(columns, column => read(cursor, column));
        long rows = ReadAll(cursor, readers);
        return [.. pairs.Zip(readers, (pair, reader) => new ScaledColumn<TParameters>(pair.OutputColumnName, pair.InputColumnName, reader.Column.Type,
            parametersOf(new(reader.Column, reader.Finish(), rows))) { Names = SlotNames.Of(reader.Column) })];
    }

    private static long ReadAll<TStatistics>(DataViewRowCursor cursor, ColumnReader<TStatistics>[] readers)
    {
        if (!cursor.MoveNext())
            throw new InvalidOperationException("The data have no rows; scaling needs at least one.");
        long rows = 0;
        do
        {
            rows++;
            foreach (var reader in readers)
                reader.AddRow();
        }
        while (cursor.MoveNext());
        return rows;
    }
}
