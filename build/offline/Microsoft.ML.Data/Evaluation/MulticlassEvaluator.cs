namespace Microsoft.ML.Data;

internal static class MulticlassEvaluator
{
    public static MulticlassClassificationMetrics Evaluate(
        IDataView data, string label, string score, string predictedLabel, int topKPredictionCount)
    {
        DataViewSchema.Column labels = EvaluationColumns.Find(data, label, "Label");
        DataViewSchema.Column scores = EvaluationColumns.Find(data, score, "Score");
        EvaluationColumns.Find(data, predictedLabel, "PredictedLabel");
        bool isVector = scores.Type is VectorDataViewType { Size: >= 2 } vector && vector.ItemType.Equals(NumberDataViewType.Single);
        EvaluationColumns.CheckType(scores, "score", isVector, "vector of two or more items of type Single");
        bool isLabel = labels.Type is KeyDataViewType || labels.Type.Equals(NumberDataViewType.Single);
        EvaluationColumns.CheckType(labels, "label", isLabel, "Single or Key");
        return new MulticlassClassificationMetrics(Count(data, labels, scores), ClassNames(scores), topKPredictionCount);
    }

    private static MulticlassCounter Count(IDataView data, DataViewSchema.Column labels, DataViewSchema.Column scores)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([labels, scores]);
        Func<double> readLabel = LabelReader.Make(cursor, labels);
        ValueGetter<VBuffer<float>> getScores = cursor.GetGetter<VBuffer<float>>(scores);
        var dense = new float[((VectorDataViewType)scores.Type).Size];
        var counter = new MulticlassCounter(dense.Length);
        VBuffer<float> buffer = default;
        while (cursor.MoveNext())
        {
            double label = readLabel();
            getScores(ref buffer);
            buffer.CopyTo(dense);
            bool isClass = label >= 0 && label == Math.Floor(label);
            if (isClass && !dense.Any(float.IsNaN))
                counter.Add((long)label, dense);
        }
        return counter;
    }

    private static string[] ClassNames(DataViewSchema.Column scores)
    {
        int count = ((VectorDataViewType)scores.Type).Size;
        if (!scores.HasSlotNames())
            return Enumerable.Range(0, count).Select(i => i.ToString()).ToArray();
        VBuffer<ReadOnlyMemory<char>> names = default;
        scores.GetSlotNames(ref names);
        return names.DenseValues().Select(n => n.ToString()).ToArray();
    }
}
