namespace MLExtensions.Reports.Facts;

/// <summary>Reads the labels of rows, and what a model says of them.</summary>
internal static class ScoredRowsReader
{
    /// <summary>Reads scored rows; labels as ML.NET's evaluators take them.</summary>
    /// <param name="scored">What the model gave.</param>
    /// <param name="network">The network.</param>
    /// <param name="labelColumn">The name of the label column.</param>
    /// <exception cref="ArgumentException">There is no label of the right kind.</exception>
    public static ScoredRows Read(IDataView scored, FittedNetwork network, string labelColumn)
    {
        var label = scored.Schema.GetColumnOrNull(labelColumn)
            ?? throw new ArgumentException($"The data has no column '{labelColumn}' to compare scores with; it has {string.Join(", ", scored.Schema.Select(column => column.Name).Distinct())}. Say ReportOptions.LabelColumnName, or leave the data out.", nameof(scored));
        if (label.Type is not KeyDataViewType && !LabelReaders.IsNumber((label.Type as VectorDataViewType)?.ItemType ?? label.Type))
            throw new ArgumentException($"Column '{labelColumn}' is {label.Type}: expected numbers, Booleans or keys.", nameof(scored));
        string name = network.Task is LossTasks.BinaryClassification or LossTasks.MultilabelClassification ? "Probability" : "Score";
        var score = scored.Schema[name];
        var labels = new List<float>();
        var scores = new List<float>();
        int? middle = network.Model is DeepMlpRegressionModelParameters { Quantiles: { } quantiles } ? Middle(quantiles) : null;
        int missing = 0;
        using var cursor = scored.GetRowCursor([label, score]);
        var readLabel = label.Type is KeyDataViewType ? LabelReaders.Key(cursor, label) : LabelReaders.Numbers(cursor, label);
        var readScore = LabelReaders.Numbers(cursor, score);
        float[] truth = new float[ScoredLabels.CountOf(label)], all = new float[ScoredLabels.CountOf(score)];
        while (cursor.MoveNext())
        {
            readLabel(truth);
            readScore(all);
            if (truth.Any(float.IsNaN))
            {
                missing++;
                continue;
            }
            labels.AddRange(truth);
            scores.AddRange(middle is { } place ? [all[place]] : all);
        }
        return labels.Count > 0
            ? new ScoredRows(middle is null ? all.Length : 1, labels, scores, missing)
            : throw new ArgumentException($"The data has no row with a label in column '{labelColumn}'.", nameof(scored));
    }

    // The quantile nearest to the median.
    private static int Middle(IReadOnlyList<float> quantiles) => Enumerable.Range(0, quantiles.Count).MinBy(i => Math.Abs(quantiles[i] - 0.5f));
}
