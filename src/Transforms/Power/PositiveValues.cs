using Microsoft.ML;

namespace MLExtensions.Transforms;

/// <summary>Holds training data to what Box-Cox is defined for.</summary>
internal static class PositiveValues
{
    /// <summary>Refuses a column that holds a number that is not positive, by row and slot.</summary>
    /// <exception cref="InvalidOperationException">A number is zero or negative.</exception>
    public static void Require(IDataView data, FittedColumn<SampleValues[]> fitted)
    {
        int slot = Array.FindIndex(fitted.Statistics, values => values.HasNonPositive);
        if (slot >= 0)
            throw Refusal(data, fitted.Column, slot);
    }

    // Values are kept without their rows; an error may take another pass to find it.
    private static InvalidOperationException Refusal(IDataView data, DataViewSchema.Column column, int slot)
    {
        using var cursor = data.GetRowCursor([column]);
        var numbers = NumbersOfRow.Of(cursor, column);
        while (cursor.MoveNext())
        {
            double value = numbers.Read()[slot];
            if (value <= 0)
                return SlotTexts.NotPositive(column, slot, value, cursor.Position);
        }
        return new($"{SlotTexts.Describe(column, slot)} held a number that is not positive, and holds none when read again. Cache the data.");
    }
}
