using System.Globalization;
using System.Text;

namespace MLExtensions.Trainers;

/// <summary>How much worse a metric gets when the values of a column, or of a group of columns, are permuted among the rows.</summary>
/// <param name="Columns">The columns, which were permuted together.</param>
/// <param name="Mean">By how much the metric got worse, in its own units; the mean over the repeats. Negative where it got better.</param>
/// <param name="StandardDeviation">The standard deviation over the repeats.</param>
/// <param name="Lower">The lower end of the interval.</param>
/// <param name="Upper">The upper end of the interval.</param>
public sealed record ColumnImportance(IReadOnlyList<string> Columns, double Mean, double StandardDeviation, double Lower, double Upper)
{
    /// <summary>The names of the columns.</summary>
    public string Name => string.Join(" + ", Columns);

    /// <summary>Whether the interval lies above 0: the model needs the column.</summary>
    public bool IsImportant => Lower > 0;
}

/// <summary>The importance of the columns of a model's input, the most important first; see <c>ml.Model.PermutationColumnImportance</c>.</summary>
/// <param name="Columns">The columns and groups.</param>
/// <param name="Metric">The metric on the rows as they are.</param>
/// <param name="Rows">The number of rows that it was measured on.</param>
/// <param name="Repeats">How often each column was permuted.</param>
/// <param name="Confidence">The share of intervals that hold what they are of.</param>
public sealed record ColumnImportances(IReadOnlyList<ColumnImportance> Columns, double Metric, int Rows, int Repeats, double Confidence)
{
    /// <summary>The importance of a column that was permuted by itself, or of a group by its <see cref="ColumnImportance.Name"/>.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">It was not permuted.</exception>
    public ColumnImportance this[string name] => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new KeyNotFoundException($"'{name}' was not permuted: expected one of {string.Join(", ", Columns.Select(column => $"'{column.Name}'"))}.");

    /// <summary>A table with a line for each column, in the invariant culture.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder("column,importance,standard_deviation,lower,upper\n");
        foreach (var column in Columns)
            text.Append(CsvText.Of(column.Name)).Append(CultureInfo.InvariantCulture, $",{column.Mean:R},{column.StandardDeviation:R},{column.Lower:R},{column.Upper:R}\n");
        return text.ToString();
    }

    /// <summary>A table to print.</summary>
    public override string ToString()
    {
        int width = Math.Max(6, Columns.Max(column => column.Name.Length));
        var text = new StringBuilder(Invariant($"metric {Metric:G5} on {Rows} rows; how much worse it gets, {Repeats} permutations, intervals of {100 * Confidence:G4} %\n"));
        foreach (var column in Columns)
            text.Append(CultureInfo.InvariantCulture, $"{column.Name.PadRight(width)}  {column.Mean,10:F5}  [{column.Lower:F5}, {column.Upper:F5}]\n");
        return text.ToString();
    }
}
