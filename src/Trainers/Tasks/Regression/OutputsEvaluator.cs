namespace MLExtensions.Trainers.Tasks.Regression;

/// <summary>Measures the outputs of a regression on the rows of a view.</summary>
internal static class OutputsEvaluator
{
    private const string Expected = "numbers: one, or Vector<Single> of known size";

    public static MultiOutputRegressionMetrics Evaluate(IDataView data, string labelColumnName, string scoreColumnName, string? exampleWeightColumnName)
    {
        var label = SchemaChecks.Require(data.Schema, "label", labelColumnName, Expected, AreNumbers, ColumnAdvice.Number);
        int count = ScoredLabels.CountOf(label);
        var score = SchemaChecks.Require(data.Schema, "score", scoreColumnName, count == 1 ? "Single" : $"Vector<Single, {count}>", type =>
            (type as VectorDataViewType)?.ItemType.Equals(NumberDataViewType.Single) ?? type.Equals(NumberDataViewType.Single));
        if (ScoredLabels.CountOf(score) != count)
            throw SchemaChecks.Mismatch("score", score.Name, $"{Plural.Of(count, "number")}, as the label has", ScoredLabels.CountOf(score).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var names = LabelValues.ReadSlotNames(label)?.Texts;

        using var rows = new ScoredLabels(data, label, [score], TrainingColumns.FindWeight(data.Schema, exampleWeightColumnName));
        var errors = new OutputErrors[count];
        while (rows.MoveNext())
        {
            for (int i = 0; i < count; i++)
                errors[i].Add(rows.Labels[i], rows.Predictions[0][i], rows.Weight);
        }
        return new MultiOutputRegressionMetrics([.. errors.Select((error, index) => MetricsOf(error, names?[index], index))]);
    }

    /// <summary>Checks the label column of rows that are yet to be scored, by their shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing or of another type.</exception>
    public static void CheckLabel(SchemaShape shape, string labelColumnName) => SchemaChecks.Require(shape, "label", labelColumnName, Expected, column =>
        LabelReaders.IsNumber(column) || column is { Kind: SchemaShape.Column.VectorKind.Vector, IsKey: false } && column.ItemType.Equals(NumberDataViewType.Single), ColumnAdvice.Number);

    private static OutputRegressionMetrics MetricsOf(OutputErrors errors, string? name, int index) => errors.Weight > 0
        ? new(name, errors.MeanSquared, errors.MeanAbsolute, errors.RSquared)
        : throw new InvalidOperationException($"Output {index} (counted from 0) has no row with a label and a weight above 0 to evaluate.");

    private static bool AreNumbers(DataViewType type) =>
        LabelReaders.IsNumber(type) || type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Single);
}
