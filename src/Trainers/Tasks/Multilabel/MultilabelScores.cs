namespace MLExtensions.Trainers.Tasks.Multilabel;

/// <summary>Measures several labels, true or false each, on the rows of a view.</summary>
internal static class MultilabelScores
{
    private const string ExpectedLabel = "Vector<Boolean> or Vector<Single> (of 0 and 1) of known size";

    public static MultilabelClassificationMetrics Evaluate(IDataView data, string labelColumnName, string scoreColumnName, string predictedLabelColumnName, string? exampleWeightColumnName)
    {
        var label = SchemaChecks.Require(data.Schema, "label", labelColumnName, ExpectedLabel, type =>
            type is VectorDataViewType { IsKnownSize: true } vector
            && (vector.ItemType.Equals(BooleanDataViewType.Instance) || vector.ItemType.Equals(NumberDataViewType.Single)), ColumnAdvice.ManyLabels);
        int count = ScoredLabels.CountOf(label);
        var score = Require(data, "score", scoreColumnName, NumberDataViewType.Single, count);
        var predicted = Require(data, "predicted label", predictedLabelColumnName, BooleanDataViewType.Instance, count);

        using var rows = new ScoredLabels(data, label, [score, predicted], TrainingColumns.FindWeight(data.Schema, exampleWeightColumnName));
        MultilabelCounts[] labels = [.. Enumerable.Range(0, count).Select(_ => new MultilabelCounts())];
        double exact = 0, weight = 0;
        while (rows.MoveNext())
        {
            bool isExact = true;
            for (int i = 0; i < count; i++)
            {
                if (float.IsNaN(rows.Labels[i]))
                    continue;
                bool truth = rows.Labels[i] > 0, guess = rows.Predictions[1][i] > 0;
                labels[i].Add(truth, guess, rows.Predictions[0][i], rows.Weight);
                isExact &= truth == guess;
            }
            exact += isExact ? rows.Weight : 0;
            weight += rows.Weight;
        }
        return weight > 0
            ? new MultilabelClassificationMetrics(labels, [.. labels.Select(counts => counts.Area())], exact, weight)
            : throw new InvalidOperationException("There are no rows to evaluate.");
    }

    /// <summary>Checks the label column of rows that are yet to be scored, by their shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing or of another type.</exception>
    public static void CheckLabel(SchemaShape shape, string labelColumnName) => SchemaChecks.Require(shape, "label", labelColumnName, ExpectedLabel, column =>
        column is { Kind: SchemaShape.Column.VectorKind.Vector, IsKey: false }
        && (column.ItemType.Equals(BooleanDataViewType.Instance) || column.ItemType.Equals(NumberDataViewType.Single)), ColumnAdvice.ManyLabels);

    private static DataViewSchema.Column Require(IDataView data, string role, string name, DataViewType itemType, int count) =>
        SchemaChecks.Require(data.Schema, role, name, $"Vector<{itemType}, {count}>",
            type => type is VectorDataViewType vector && vector.Size == count && vector.ItemType.Equals(itemType));
}
