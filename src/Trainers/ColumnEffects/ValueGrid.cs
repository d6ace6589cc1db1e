using System.Globalization;

namespace MLExtensions.Trainers.ColumnEffects;

/// <summary>Values of a column that occur, each with a row that has it.</summary>
/// <param name="Values">The values.</param>
/// <param name="Rows">For each value a row that has it.</param>
internal sealed record ValueGrid(IReadOnlyList<GridValue> Values, int[] Rows)
{
    // Beyond these a few rows decide, as in scikit-learn's partial_dependence.
    private const double Lowest = 0.05, Highest = 0.95;

    /// <summary>Chooses values.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="column">The column.</param>
    /// <param name="size">The most values.</param>
    /// <exception cref="InvalidOperationException">No row has a value.</exception>
    public static ValueGrid Of(KeptRows rows, DataViewSchema.Column column, int size)
    {
        var kept = rows[column.Index];
        var grid = column.Type is KeyDataViewType ? OfCategories(kept, rows.Count, size, KeyTexts(column))
            : column.Type is TextDataViewType or BooleanDataViewType ? OfCategories(kept, rows.Count, size, KeptColumn.TextOf)
            : OfNumbers(kept, rows.Count, size);
        return grid.Rows.Length > 0 ? grid : throw new InvalidOperationException($"Column '{column.Name}' has no value in any of {rows.Count} rows.");
    }

    /// <summary>Whether a column has values one by one.</summary>
    public static bool CanBe(DataViewType type) =>
        type is TextDataViewType or BooleanDataViewType or KeyDataViewType or NumberDataViewType or DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType;

    private static ValueGrid OfNumbers(KeptColumn kept, int count, int size)
    {
        var ascending = Enumerable.Range(0, count).Select(row => (Row: row, Number: NumberOf(kept[row]))).Where(value => !double.IsNaN(value.Number)).OrderBy(value => value.Number).ToArray();
        var chosen = ascending.DistinctBy(value => value.Number).ToArray();
        if (chosen.Length > size)
        {
            chosen = [.. Enumerable.Range(0, size).Select(i => Lowest + (Highest - Lowest) * i / (size - 1))
                .Select(share => ascending[(int)Math.Round(share * (ascending.Length - 1))]).DistinctBy(value => value.Number)];
        }
        return new([.. chosen.Select(value => new GridValue(KeptColumn.TextOf(kept[value.Row]), value.Number, 0))], [.. chosen.Select(value => value.Row)]);
    }

    private static ValueGrid OfCategories(KeptColumn kept, int count, int size, Func<object?, string> textOf)
    {
        var groups = Enumerable.Range(0, count).GroupBy(row => KeptColumn.TextOf(kept[row])).OrderByDescending(group => group.Count()).ThenBy(group => group.First()).Take(size).ToArray();
        return new([.. groups.Select(group => new GridValue(textOf(kept[group.First()]), null, group.Count()))], [.. groups.Select(group => group.First())]);
    }

    // Keys count from 1; 0 is a missing value.
    private static Func<object?, string> KeyTexts(DataViewSchema.Column column)
    {
        var texts = LabelValues.Read(column)?.Texts;
        return value => Convert.ToUInt64(value, CultureInfo.InvariantCulture) is var key && key == 0 ? "" : texts?[(int)key - 1] ?? KeptColumn.TextOf(key);
    }

    private static double NumberOf(object? value) => value switch
    {
        DateTime time => time.Ticks,
        DateTimeOffset time => time.UtcTicks,
        TimeSpan time => time.Ticks,
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };
}
