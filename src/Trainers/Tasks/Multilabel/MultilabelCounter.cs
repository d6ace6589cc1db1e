namespace MLExtensions.Trainers.Tasks.Multilabel;

/// <summary>Counts right and wrong labels of the rows of a view.</summary>
internal static class MultilabelCounter
{
    private const string ExpectedLabel = "Vector<Boolean> or Vector<Single> (of 0 and 1) of known size";

    public static MultilabelClassificationMetrics Count(IDataView data, string labelColumnName, string predictedLabelColumnName)
    {
        var label = SchemaChecks.Require(data.Schema, "label", labelColumnName, ExpectedLabel, type =>
            type is VectorDataViewType { IsKnownSize: true } vector
            && (vector.ItemType.Equals(BooleanDataViewType.Instance) || vector.ItemType.Equals(NumberDataViewType.Single)));
        int count = ((VectorDataViewType)label.Type).Size;
        var predicted = SchemaChecks.Require(data.Schema, "predicted label", predictedLabelColumnName, $"Vector<Boolean, {count}>", type =>
            type is VectorDataViewType vector && vector.Size == count && vector.ItemType.Equals(BooleanDataViewType.Instance));

        using var cursor = data.GetRowCursor([label, predicted]);
        var readLabel = Reader(cursor, label);
        var getPredicted = cursor.GetGetter<VBuffer<bool>>(predicted);
        VBuffer<bool> buffer = default;
        bool[] actual = new bool[count], guess = new bool[count];
        long[] truePositives = new long[count], falsePositives = new long[count], falseNegatives = new long[count];
        long rows = 0, exact = 0;
        for (; cursor.MoveNext(); rows++)
        {
            readLabel(actual);
            getPredicted(ref buffer);
            buffer.CopyTo(guess);
            exact += actual.AsSpan().SequenceEqual(guess) ? 1 : 0;
            for (int i = 0; i < count; i++)
            {
                truePositives[i] += actual[i] && guess[i] ? 1 : 0;
                falsePositives[i] += !actual[i] && guess[i] ? 1 : 0;
                falseNegatives[i] += actual[i] && !guess[i] ? 1 : 0;
            }
        }
        return rows > 0
            ? new MultilabelClassificationMetrics(truePositives, falsePositives, falseNegatives, exact, rows)
            : throw new InvalidOperationException("There are no rows to evaluate.");
    }

    private static Action<bool[]> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (((VectorDataViewType)column.Type).ItemType.Equals(BooleanDataViewType.Instance))
        {
            var getBooleans = row.GetGetter<VBuffer<bool>>(column);
            VBuffer<bool> booleans = default;
            return destination =>
            {
                getBooleans(ref booleans);
                booleans.CopyTo(destination);
            };
        }

        var getNumbers = row.GetGetter<VBuffer<float>>(column);
        VBuffer<float> numbers = default;
        return destination =>
        {
            getNumbers(ref numbers);
            for (int i = 0; i < destination.Length; i++)
                destination[i] = numbers.GetItemOrDefault(i) > 0;
        };
    }
}
