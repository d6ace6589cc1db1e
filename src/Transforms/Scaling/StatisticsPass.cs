using Microsoft.ML;
using MLExtensions.Pipeline;

namespace MLExtensions.Transforms;

/// <summary>The statistics of one input column.</summary>
/// <param name="Names">The name of the column, and that of the result.</param>
/// <param name="Column">The column.</param>
/// <param name="Slots">The statistics of each slot.</param>
/// <param name="Rows">How many rows were read, with or without numbers.</param>
internal sealed record FittedColumn<TAccumulator>(InputOutputColumnPair Names, DataViewSchema.Column Column, TAccumulator[] Slots, long Rows)
{
    /// <summary>The column with the parameters that a scaler has found.</summary>
    public ScaledColumn<TParameters> With<TParameters>(TParameters parameters) =>
        new(Names.OutputColumnName, Names.InputColumnName, Column.Type, parameters);
}

/// <summary>Reads the statistics of all columns through one cursor, once.</summary>
internal static class StatisticsPass
{
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be scaled.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, a slot holds no number, or a value is infinite.</exception>
    public static FittedColumn<TAccumulator>[] Run<TAccumulator>(IDataView data, IReadOnlyList<InputOutputColumnPair> pairs)
        where TAccumulator : struct, IAccumulator<TAccumulator>
    {
        ArgumentNullException.ThrowIfNull(data);

        var columns = pairs.Select(pair => SchemaChecks.Require(data.Schema, "input", pair.InputColumnName, ScalableTypes.Expected, ScalableTypes.Accepts)).ToArray();
        using var cursor = data.GetRowCursor(columns.DistinctBy(column => column.Index));
        var readers = Array.ConvertAll(columns, column => ColumnReader<TAccumulator>.Create(cursor, column));
        long rows = ReadAll(cursor, readers);
        return [.. pairs.Zip(readers, (pair, reader) => new FittedColumn<TAccumulator>(pair, reader.Column, reader.Finish(), rows))];
    }

    private static long ReadAll<TAccumulator>(DataViewRowCursor cursor, ColumnReader<TAccumulator>[] readers)
        where TAccumulator : struct, IAccumulator<TAccumulator>
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
