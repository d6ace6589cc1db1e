namespace Microsoft.ML;

/// <summary>Adds explanations of any model, in terms of the columns that it is given, to <c>ml.Model</c>.</summary>
public static class ColumnEffectsCatalog
{
    /// <summary>
    /// Measures how much worse a metric gets when the values of a column are permuted among the rows, several times over, with an interval: for a
    /// chain of any transformers, from raw columns on, and for any metric.
    /// </summary>
    /// <param name="catalog">The catalog <c>ml.Model</c>.</param>
    /// <param name="model">The model, fitted: a chain or a transformer.</param>
    /// <param name="data">Rows that it was not trained on, with their labels, as the model takes them. They are read once.</param>
    /// <param name="metric">
    /// Measures scored rows, such as <c>scored => ml.BinaryClassification.Evaluate(scored, "Income").AreaUnderRocCurve</c>; higher is better, but with
    /// <see cref="PermutationColumnImportanceOptions.LowerIsBetter"/>.
    /// </param>
    /// <param name="options">All that can be chosen; null for the defaults.</param>
    /// <returns>The columns, the most important first.</returns>
    /// <remarks>
    /// <para>Breiman 2001, "Random forests", Machine Learning 45; Fisher, Rudin, Dominici 2019, JMLR 20. The interval is mean ± t s √(1 + 1 / n) over
    /// n repeats: a column that says nothing to model and label leaves the metric as it is but for chance, the same chance that the metric of the rows
    /// as they are has, and its interval holds 0 as often as <see cref="PermutationColumnImportanceOptions.Confidence"/> says. It does not tell how
    /// other rows, or another training, would differ.</para>
    /// <para>ML.NET's own <c>PermutationFeatureImportance</c> permutes the slots of the feature vector in front of the last predictor, with all metrics of
    /// the task at once: take that one for slots of a vector that comes as such. Take this one for what a column of a table is worth, whatever becomes
    /// of it on the way (an encoded category, a time and its parts), for columns that belong together, and for intervals.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">Options are outside their range, or the model does not tell what its predictions are made of.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or the metric is not finite.</exception>
    public static ColumnImportances PermutationColumnImportance(this ModelOperationsCatalog catalog, ITransformer model, IDataView data, Func<IDataView, double> metric,
        PermutationColumnImportanceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metric);
        options ??= new();
        options.Check();

        return ColumnPermutation.Run(model, data, metric, options);
    }

    /// <summary>
    /// Tells what a model predicts where a column has one value after the other and all others are as they are, for each row and in the mean: for a
    /// chain of any transformers, from raw columns on.
    /// </summary>
    /// <param name="catalog">The catalog <c>ml.Model</c>.</param>
    /// <param name="model">The model, fitted: a chain or a transformer.</param>
    /// <param name="data">Rows as the model takes them; labels may be left out. They are read once.</param>
    /// <param name="columnName">A column of single values: number, text, key, <c>Boolean</c> or time.</param>
    /// <param name="options">All that can be chosen; null for the defaults.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or options are outside their range.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or none of them has a value.</exception>
    public static PartialDependence PartialDependence(this ModelOperationsCatalog catalog, ITransformer model, IDataView data, string columnName, PartialDependenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(columnName);
        options ??= new();
        options.Check();

        var sweep = new ColumnSweep(model, data, [columnName], options);
        var grid = sweep.GridOf(columnName, options.GridSize);
        int outputs = sweep.Outputs.Count, width = grid.Rows.Length * outputs;
        float[] predictions = new float[checked(sweep.Rows * width)];
        foreach (var (value, valueRow) in grid.Rows.Index())
        {
            float[] found = sweep.Predict((columnName, valueRow));
            for (int row = 0; row < sweep.Rows; row++)
                found.AsSpan(row * outputs, outputs).CopyTo(predictions.AsSpan(row * width + value * outputs));
        }
        return new(columnName, grid.Values, sweep.Outputs, sweep.Rows, predictions);
    }

    /// <summary>Tells what a model predicts in the mean where two columns have one pair of values after the other.</summary>
    /// <param name="catalog">The catalog <c>ml.Model</c>.</param>
    /// <param name="model">The model, fitted: a chain or a transformer.</param>
    /// <param name="data">Rows as the model takes them; labels may be left out. They are read once.</param>
    /// <param name="firstColumnName">The one column.</param>
    /// <param name="secondColumnName">The other.</param>
    /// <param name="options">All that can be chosen; null for the defaults. All rows are predicted for each pair.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or options are outside their range.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or none of them has a value.</exception>
    public static TwoWayPartialDependence PartialDependence(this ModelOperationsCatalog catalog, ITransformer model, IDataView data, string firstColumnName, string secondColumnName,
        PartialDependenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(firstColumnName);
        ArgumentNullException.ThrowIfNull(secondColumnName);
        options ??= new();
        options.Check();
        if (firstColumnName == secondColumnName)
            throw new ArgumentException($"Expected two columns, got '{firstColumnName}' twice.", nameof(secondColumnName));

        var sweep = new ColumnSweep(model, data, [firstColumnName, secondColumnName], options);
        var first = sweep.GridOf(firstColumnName, options.GridSize);
        var second = sweep.GridOf(secondColumnName, options.GridSize);
        int outputs = sweep.Outputs.Count;
        double[] means = new double[first.Rows.Length * second.Rows.Length * outputs];
        for (int pair = 0; pair < means.Length / outputs; pair++)
        {
            float[] found = sweep.Predict((firstColumnName, first.Rows[pair / second.Rows.Length]), (secondColumnName, second.Rows[pair % second.Rows.Length]));
            for (int i = 0; i < found.Length; i++)
                means[pair * outputs + i % outputs] += (double)found[i] / sweep.Rows;
        }
        return new(firstColumnName, first.Values, secondColumnName, second.Values, sweep.Outputs, sweep.Rows, means);
    }
}
