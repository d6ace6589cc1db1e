using System.Text;

namespace MLExtensions.Trainers;

/// <summary>What a model predicts in the mean over rows where two columns have one pair of values after the other.</summary>
/// <param name="FirstColumn">The one column.</param>
/// <param name="FirstValues">Its values.</param>
/// <param name="SecondColumn">The other.</param>
/// <param name="SecondValues">Its values.</param>
/// <param name="Outputs">The names of the predictions: one, or those of the slots of a vector.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Means">The means, [first values x second values x outputs].</param>
/// <remarks>Friedman 2001, "Greedy function approximation: a gradient boosting machine", Annals of Statistics 29.</remarks>
public sealed record TwoWayPartialDependence(string FirstColumn, IReadOnlyList<GridValue> FirstValues, string SecondColumn, IReadOnlyList<GridValue> SecondValues,
    IReadOnlyList<string> Outputs, int Rows, IReadOnlyList<double> Means)
{
    /// <summary>The mean for a pair of values.</summary>
    /// <param name="first">The place of the value of the one column, from 0.</param>
    /// <param name="second">The place of that of the other, from 0.</param>
    /// <param name="output">The output, from 0.</param>
    public double this[int first, int second, int output = 0] => Means[(first * SecondValues.Count + second) * Outputs.Count + output];

    /// <summary>The means as a table with a line for each pair, in the invariant culture.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder().AppendJoin(',', Outputs.Prepend(SecondColumn).Prepend(FirstColumn).Select(CsvText.Of)).Append('\n');
        for (int first = 0; first < FirstValues.Count; first++)
        {
            for (int second = 0; second < SecondValues.Count; second++)
            {
                text.Append(CsvText.Of(FirstValues[first].Text)).Append(',').Append(CsvText.Of(SecondValues[second].Text));
                text.AppendJoin("", Enumerable.Range(0, Outputs.Count).Select(output => Invariant($",{this[first, second, output]:R}"))).Append('\n');
            }
        }
        return text.ToString();
    }

    /// <summary>As <see cref="ToCsv"/>.</summary>
    public override string ToString() => ToCsv();
}
