namespace MLExtensions.Trainers.Evaluation;

/// <summary>Reads labels, what was predicted of them, and the weight of rows, to measure the one by the other.</summary>
internal sealed class ScoredLabels : IDisposable
{
    private readonly DataViewRowCursor _cursor;
    private readonly LabelReader _readLabels;
    private readonly LabelReader[] _readPredictions;
    private readonly ValueGetter<float>? _getWeight;

    /// <summary>Opens a view.</summary>
    /// <param name="data">The scored rows.</param>
    /// <param name="labels">The label column, of numbers or Booleans.</param>
    /// <param name="predictions">Columns with as many numbers or Booleans.</param>
    /// <param name="weight">The column of weights, or null.</param>
    public ScoredLabels(IDataView data, DataViewSchema.Column labels, DataViewSchema.Column[] predictions, DataViewSchema.Column? weight)
    {
        _cursor = data.GetRowCursor([labels, .. predictions, .. weight is { } column ? [column] : Array.Empty<DataViewSchema.Column>()]);
        _readLabels = LabelReaders.Numbers(_cursor, labels);
        _readPredictions = Array.ConvertAll(predictions, prediction => LabelReaders.Numbers(_cursor, prediction));
        _getWeight = weight is { } found ? _cursor.GetGetter<float>(found) : null;
        Labels = new float[CountOf(labels)];
        Predictions = Array.ConvertAll(predictions, prediction => new float[CountOf(prediction)]);
    }

    /// <summary>The labels of the present row, NaN where one is missing.</summary>
    public float[] Labels { get; }

    /// <summary>The numbers of each column of predictions in the present row.</summary>
    public float[][] Predictions { get; }

    /// <summary>The weight of the present row.</summary>
    public float Weight { get; private set; } = 1;

    /// <summary>The number of labels or predictions of a row.</summary>
    public static int CountOf(DataViewSchema.Column column) => column.Type is VectorDataViewType vector ? vector.Size : 1;

    /// <summary>Goes to the next row.</summary>
    public bool MoveNext()
    {
        if (!_cursor.MoveNext())
            return false;

        _readLabels(Labels);
        for (int i = 0; i < Predictions.Length; i++)
            _readPredictions[i](Predictions[i]);
        if (_getWeight is not null)
        {
            float weight = 0;
            _getWeight(ref weight);
            Weight = weight;
        }
        return true;
    }

    public void Dispose() => _cursor.Dispose();
}
