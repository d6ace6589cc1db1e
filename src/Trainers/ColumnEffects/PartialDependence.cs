using System.Globalization;
using System.Text;

namespace MLExtensions.Trainers;

/// <summary>
/// What a model predicts where a column has one value after the other and all others are as they are: for each row (individual conditional
/// expectation) and in the mean over the rows (partial dependence). Plain numbers, to be drawn by whoever likes.
/// </summary>
/// <param name="ColumnName">The column.</param>
/// <param name="Values">Its values: numbers in ascending order, categories by falling frequency.</param>
/// <param name="Outputs">The names of the predictions: one, or those of the slots of a vector.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Predictions">All predictions, [rows x values x outputs].</param>
/// <remarks>
/// Friedman 2001, "Greedy function approximation: a gradient boosting machine", Annals of Statistics 29; Goldstein, Kapelner, Bleich, Pitkin 2015,
/// "Peeking inside the black box", Journal of Computational and Graphical Statistics 24. Where columns go together, rows are made that never occur:
/// read a curve with care where the lines of rows cross.
/// </remarks>
public sealed record PartialDependence(string ColumnName, IReadOnlyList<GridValue> Values, IReadOnlyList<string> Outputs, int Rows, IReadOnlyList<float> Predictions)
{
    /// <summary>The prediction for a row with a value.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="value">The place of the value, from 0.</param>
    /// <param name="output">The output, from 0.</param>
    public float Individual(int row, int value, int output = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, Values.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, Outputs.Count);

        return Predictions[(row * Values.Count + value) * Outputs.Count + output];
    }

    /// <summary>The mean over the rows for each value.</summary>
    /// <param name="output">The output, from 0.</param>
    public IReadOnlyList<double> Means(int output = 0) =>
        [.. Enumerable.Range(0, Values.Count).Select(value => Enumerable.Range(0, Rows).Average(row => (double)Individual(row, value, output)))];

    /// <summary>
    /// The same with the prediction at the first value taken from those at all values, row by row: where lines of rows then part, the column acts
    /// together with others (centred individual conditional expectation).
    /// </summary>
    public PartialDependence Centred()
    {
        int width = Values.Count * Outputs.Count;
        return this with { Predictions = [.. Predictions.Select((prediction, index) => prediction - Predictions[index / width * width + index % Outputs.Count])] };
    }

    /// <summary>The means as a table with a line for each value, in the invariant culture.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder().AppendJoin(',', Outputs.Prepend(ColumnName).Select(CsvText.Of)).Append('\n');
        var means = Enumerable.Range(0, Outputs.Count).Select(Means).ToArray();
        for (int value = 0; value < Values.Count; value++)
            text.Append(CsvText.Of(Values[value].Text)).AppendJoin("", means.Select(mean => Invariant($",{mean[value]:R}"))).Append('\n');
        return text.ToString();
    }

    /// <summary>All predictions of one output as a table with a line for each row and a column for each value, in the invariant culture.</summary>
    /// <param name="output">The output, from 0.</param>
    public string IndividualsToCsv(int output = 0)
    {
        var text = new StringBuilder().AppendJoin(',', Values.Select(value => CsvText.Of(value.Text))).Append('\n');
        for (int row = 0; row < Rows; row++)
            text.AppendJoin(',', Enumerable.Range(0, Values.Count).Select(value => Individual(row, value, output).ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        return text.ToString();
    }

    /// <summary>The means as a table to print.</summary>
    public override string ToString()
    {
        int width = Math.Max(ColumnName.Length, Values.Max(value => value.Text.Length));
        var text = new StringBuilder(Invariant($"{ColumnName.PadRight(width)}  {string.Join("  ", Outputs.Select(output => output.PadLeft(10)))}  (mean over {Rows} rows)\n"));
        var means = Enumerable.Range(0, Outputs.Count).Select(Means).ToArray();
        for (int value = 0; value < Values.Count; value++)
        {
            text.Append(Values[value].Text.PadRight(width));
            for (int output = 0; output < means.Length; output++)
                text.Append("  ").Append(means[output][value].ToString("G5", CultureInfo.InvariantCulture).PadLeft(Math.Max(10, Outputs[output].Length)));
            text.Append('\n');
        }
        return text.ToString();
    }
}
