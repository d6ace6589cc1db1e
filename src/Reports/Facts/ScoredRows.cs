namespace MLExtensions.Reports.Facts;

/// <summary>Rows with their labels and what a model says of them.</summary>
/// <param name="Width">The labels of a row, and for several classes the scores of a row.</param>
/// <param name="Labels">Of two classes or several labels 1 or 0, of several classes their number from 0, of regression the value; a value for each label of each row.</param>
/// <param name="Scores">The probability of the positive class, of each class or label; or the predicted value.</param>
/// <param name="WithoutLabel">How many rows were left out, since a label is missing.</param>
internal sealed record ScoredRows(int Width, IReadOnlyList<float> Labels, IReadOnlyList<float> Scores, int WithoutLabel)
{
    /// <summary>The number of rows.</summary>
    public int Count => Scores.Count / Width;

    /// <summary>Reads scored rows; labels as ML.NET's evaluators take them.</summary>
    /// <param name="scored">What the model gave.</param>
    /// <param name="network">The network.</param>
    /// <param name="labelColumn">The name of the label column.</param>
    /// <exception cref="ArgumentException">There is no label of the right kind.</exception>
    public static ScoredRows Read(IDataView scored, FittedNetwork network, string labelColumn)
    {
        var label = scored.Schema.GetColumnOrNull(labelColumn)
            ?? throw new ArgumentException($"The data has no column '{labelColumn}' to compare scores with; it has {string.Join(", ", scored.Schema.Select(column => column.Name).Distinct())}. Say ReportOptions.LabelColumnName, or leave the data out.", nameof(scored));
        string name = network.Task is LossTasks.BinaryClassification or LossTasks.MultilabelClassification ? "Probability" : "Score";
        var score = scored.Schema[name];
        var labels = new List<float>();
        var scores = new List<float>();
        int missing = 0, width = network.Task == LossTasks.MulticlassClassification ? network.Model.ScoreCount : 1;
        using var cursor = scored.GetRowCursor([label, score]);
        var (readLabel, readScore) = (Reader(cursor, label), Reader(cursor, score));
        while (cursor.MoveNext())
        {
            float[] truth = readLabel(), predicted = readScore();
            if (network.Model is DeepMlpRegressionModelParameters { Quantiles: { } quantiles })
                predicted = [predicted[Middle(quantiles)]];
            if (truth.Any(float.IsNaN))
            {
                missing++;
                continue;
            }
            if (network.Task != LossTasks.MulticlassClassification)
                width = predicted.Length;
            labels.AddRange(truth);
            scores.AddRange(predicted);
        }
        return labels.Count > 0
            ? new ScoredRows(width, labels, scores, missing)
            : throw new ArgumentException($"The data has no row with a label in column '{labelColumn}'.", nameof(scored));
    }

    /// <summary>The labels and scores of one of several labels.</summary>
    public (float[] Labels, float[] Scores) Of(int label) =>
        ([.. Enumerable.Range(0, Count).Select(row => Labels[row * Width + label])], [.. Enumerable.Range(0, Count).Select(row => Scores[row * Width + label])]);

    // The quantile nearest to the median.
    private static int Middle(IReadOnlyList<float> quantiles) => Enumerable.Range(0, quantiles.Count).MinBy(i => Math.Abs(quantiles[i] - 0.5f));

    private static Func<float[]> Reader(DataViewRowCursor cursor, DataViewSchema.Column column) => column.Type switch
    {
        BooleanDataViewType => Scalar<bool>(cursor, column, value => value ? 1 : 0),
        NumberDataViewType { RawType: var raw } when raw == typeof(float) => Scalar<float>(cursor, column, value => value),
        NumberDataViewType { RawType: var raw } when raw == typeof(double) => Scalar<double>(cursor, column, value => (float)value),
        KeyDataViewType { RawType: var raw } when raw == typeof(uint) => Scalar<uint>(cursor, column, key => key == 0 ? float.NaN : key - 1),
        KeyDataViewType { RawType: var raw } when raw == typeof(byte) => Scalar<byte>(cursor, column, key => key == 0 ? float.NaN : key - 1),
        KeyDataViewType { RawType: var raw } when raw == typeof(ushort) => Scalar<ushort>(cursor, column, key => key == 0 ? float.NaN : key - 1),
        VectorDataViewType { ItemType.RawType: var raw } when raw == typeof(float) => Vector<float>(cursor, column, value => value),
        VectorDataViewType { ItemType.RawType: var raw } when raw == typeof(bool) => Vector<bool>(cursor, column, value => value ? 1 : 0),
        var type => throw new ArgumentException($"Column '{column.Name}' is {type}: expected numbers, Booleans or keys.", nameof(column)),
    };

    private static Func<float[]> Scalar<T>(DataViewRowCursor cursor, DataViewSchema.Column column, Func<T, float> number)
    {
        var getter = cursor.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return [number(value)];
        };
    }

    private static Func<float[]> Vector<T>(DataViewRowCursor cursor, DataViewSchema.Column column, Func<T, float> number)
    {
        var getter = cursor.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            return [.. value.DenseValues().Select(number)];
        };
    }
}
