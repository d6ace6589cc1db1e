namespace Microsoft.ML.Data;

internal static class RegressionEvaluator
{
    public static RegressionMetrics Evaluate(IDataView data, string label, string score)
    {
        DataViewSchema.Column labels = EvaluationColumns.Find(data, label, "Label");
        DataViewSchema.Column scores = EvaluationColumns.Find(data, score, "Score");
        EvaluationColumns.CheckSingle(scores, "score");
        EvaluationColumns.CheckSingle(labels, "label");

        using DataViewRowCursor cursor = data.GetRowCursor([labels, scores]);
        ValueGetter<float> getLabel = cursor.GetGetter<float>(labels);
        ValueGetter<float> getScore = cursor.GetGetter<float>(scores);
        var counter = new RegressionCounter();
        float labelValue = 0;
        float scoreValue = 0;
        while (cursor.MoveNext())
        {
            getLabel(ref labelValue);
            getScore(ref scoreValue);
            if (!float.IsNaN(labelValue) && !float.IsNaN(scoreValue))
                counter.Add(labelValue, scoreValue);
        }
        return new RegressionMetrics(counter);
    }
}
