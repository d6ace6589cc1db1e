using Microsoft.ML;
using MLExtensions.Pipeline;
using static System.FormattableString;

namespace MLExtensions.Transforms;

/// <summary>Reads the covariances of all columns through one cursor, once.</summary>
internal static class CovariancePass
{
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or no vector of known size.</exception>
    /// <exception cref="InvalidOperationException">A value is infinite, or fewer than two rows are without NaN.</exception>
    public static FittedCovariance[] Run(IDataView data, IReadOnlyList<InputOutputColumnPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(data);

        var columns = pairs.Select(pair =>
            SchemaChecks.Require(data.Schema, "input", pair.InputColumnName, ScalableTypes.ExpectedVector, ScalableTypes.AcceptsVector)).ToArray();
        Array.ForEach(columns, RequireRoom);
        using var cursor = data.GetRowCursor(columns.DistinctBy(column => column.Index));
        var readers = Array.ConvertAll(columns, column => NumbersOfRow.Of(cursor, column));
        var covariances = Array.ConvertAll(columns, column => new Covariance(ScalableTypes.SlotsOf(column.Type)));
        while (cursor.MoveNext())
        {
            for (int i = 0; i < columns.Length; i++)
                Add(readers[i].Read(), covariances[i], columns[i], cursor.Position);
        }
        return [.. pairs.Zip(columns, covariances).Select(column => new FittedCovariance(column.First, column.Second, Checked(column.Third, column.Second)))];
    }

    private static void RequireRoom(DataViewSchema.Column column)
    {
        int slots = ScalableTypes.SlotsOf(column.Type);
        if ((long)slots * slots > Array.MaxLength)
            throw new InvalidOperationException(Invariant($"Column '{column.Name}' has {slots} slots, and the covariances of so many exceed an array. Leave some out."));
    }

    private static void Add(ReadOnlySpan<double> row, Covariance covariance, DataViewSchema.Column column, long position)
    {
        bool isComplete = true;
        for (int slot = 0; slot < row.Length; slot++)
        {
            if (double.IsInfinity(row[slot]))
                throw SlotTexts.Infinite(column, slot, position);
            isComplete &= !double.IsNaN(row[slot]);
        }
        if (isComplete)
            covariance.Add(row);
    }

    private static Covariance Checked(Covariance covariance, DataViewSchema.Column column) => covariance.Count >= 2
        ? covariance
        : throw new InvalidOperationException($"Column '{column.Name}' has {covariance.Count} rows without NaN, and covariances need at least two. " +
            "Replace missing values first, or fit to more rows.");
}
