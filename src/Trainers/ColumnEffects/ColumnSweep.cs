namespace MLExtensions.Trainers.ColumnEffects;

/// <summary>Predicts rows in which columns have one value after the other.</summary>
internal sealed class ColumnSweep
{
    private readonly ITransformer _model;
    private readonly KeptRows _rows;
    private readonly string _scoreColumn;

    public ColumnSweep(ITransformer model, IDataView data, IReadOnlyList<string> columns, PartialDependenceOptions options)
    {
        foreach (string name in columns)
            SchemaChecks.Require(data.Schema, "swept", name, "a single value: a number, text, key, Boolean or time", ValueGrid.CanBe);
        var output = model.GetOutputSchema(data.Schema);
        _scoreColumn = options.ScoreColumnName ?? (output.GetColumnOrNull("Probability") is { } probability && IsScore(probability.Type) ? "Probability" : "Score");
        var score = SchemaChecks.Require(output, "score", _scoreColumn, "Single, or Vector<Single> of known size", IsScore);
        _model = model;
        _rows = KeptRows.Read(data, options.MaximumRows, options.Seed);
        Outputs = score.Type is VectorDataViewType { Size: var size }
            ? SlotNames.Of(score)?.Texts ?? [.. Enumerable.Range(0, size).Select(slot => Invariant($"{_scoreColumn}[{slot}]"))]
            : [_scoreColumn];
    }

    /// <summary>The names of the predictions.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => _rows.Count;

    public ValueGrid GridOf(string column, int size) => ValueGrid.Of(_rows, _rows.Schema[column], size);

    /// <summary>Predicts all rows with the values of some rows in some columns.</summary>
    /// <param name="values">The columns, each with the row whose value stands in all.</param>
    /// <returns>The predictions, [rows x outputs].</returns>
    public float[] Predict(params (string Column, int Row)[] values)
    {
        var orders = values.ToDictionary(value => _rows.Schema[value.Column].Index, value => Enumerable.Repeat(value.Row, _rows.Count).ToArray());
        var scored = _model.Transform(new ReorderedView(_rows, orders));
        var column = scored.Schema[_scoreColumn];
        float[] predictions = new float[_rows.Count * Outputs.Count];
        using var cursor = scored.GetRowCursor([column]);
        var read = ReaderOf(cursor, column);
        for (int row = 0; cursor.MoveNext(); row++)
            read(predictions.AsSpan(row * Outputs.Count, Outputs.Count));
        return predictions;
    }

    private static bool IsScore(DataViewType type) =>
        type.Equals(NumberDataViewType.Single) || type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Single);

    private static ReadScores ReaderOf(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType)
        {
            var scalar = row.GetGetter<float>(column);
            return scores => scalar(ref scores[0]);
        }

        var vector = row.GetGetter<VBuffer<float>>(column);
        VBuffer<float> value = default;
        return scores =>
        {
            vector(ref value);
            value.CopyTo(scores);
        };
    }

    private delegate void ReadScores(Span<float> scores);
}
