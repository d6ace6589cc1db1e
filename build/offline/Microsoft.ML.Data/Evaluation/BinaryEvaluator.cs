namespace Microsoft.ML.Data;

internal static class BinaryEvaluator
{
    /// <param name="data">The scored rows.</param>
    /// <param name="label">Name of the label column.</param>
    /// <param name="score">Name of the score column.</param>
    /// <param name="probability">Name of the probability column; null where the classifier is not calibrated.</param>
    /// <param name="predictedLabel">Name of the column with the predictions, which must be there but is not read.</param>
    public static BinaryCounter Count(IDataView data, string label, string score, string probability, string predictedLabel)
    {
        DataViewSchema.Column labels = EvaluationColumns.Find(data, label, "Label");
        DataViewSchema.Column scores = EvaluationColumns.Find(data, score, "Score");
        DataViewSchema.Column? probabilities = probability == null
            ? null
            : EvaluationColumns.Find(data, probability, "Probability");
        EvaluationColumns.Find(data, predictedLabel, "PredictedLabel");
        EvaluationColumns.CheckSingle(scores, "score");
        bool isGood = labels.Type is BooleanDataViewType or KeyDataViewType { Count: 2 }
            || labels.Type.Equals(NumberDataViewType.Single)
            || labels.Type.Equals(NumberDataViewType.Double);
        EvaluationColumns.CheckType(labels, "label", isGood, "Single, Double, Boolean, or a Key with cardinality 2");
        if (probabilities is DataViewSchema.Column column)
            EvaluationColumns.CheckSingle(column, "probability");
        return Count(data, labels, scores, probabilities);
    }

    private static BinaryCounter Count(
        IDataView data, DataViewSchema.Column labels, DataViewSchema.Column scores, DataViewSchema.Column? probabilities)
    {
        DataViewSchema.Column[] columns = probabilities is DataViewSchema.Column column ? [labels, scores, column] : [labels, scores];
        using DataViewRowCursor cursor = data.GetRowCursor(columns);
        Func<double> readLabel = LabelReader.Make(cursor, labels);
        ValueGetter<float> getScore = cursor.GetGetter<float>(scores);
        ValueGetter<float> getProbability = columns.Length == 3 ? cursor.GetGetter<float>(columns[2]) : null;
        var counter = new BinaryCounter(ClassNames(labels));
        float score = 0;
        float probability = 0;
        while (cursor.MoveNext())
        {
            double label = readLabel();
            getScore(ref score);
            getProbability?.Invoke(ref probability);
            if (!double.IsNaN(label) && !float.IsNaN(score))
                counter.Add(label > 0, score, probability);
        }
        return counter;
    }

    /// <summary>
    /// The real evaluator names the classes of a key label in the order of the keys, though the second key is the positive class.
    /// </summary>
    private static string[] ClassNames(DataViewSchema.Column labels)
    {
        if (!labels.HasKeyValues())
            return ["positive", "negative"];
        VBuffer<ReadOnlyMemory<char>> names = default;
        labels.GetKeyValues(ref names);
        return names.DenseValues().Select(n => n.ToString()).ToArray();
    }
}
