namespace MLExtensions.Trainers.Reading;

/// <summary>The label column of validation rows: it must mean what that of the training rows means.</summary>
internal static class ValidationLabel
{
    /// <summary>The column, which reads values by the codes of the training rows.</summary>
    /// <exception cref="ArgumentException">It has another type, or keys that stand for other values.</exception>
    public static LabelColumn Of(LabelColumn label, LabelColumn training)
    {
        var (type, expected) = (label.Column.Type, training.Column.Type);
        if (!type.Equals(expected))
            throw SchemaChecks.Mismatch("validation label", label.Column.Name, expected.ToString()!, type.ToString()!);
        if (type is KeyDataViewType)
            RequireSameValues(label.Column, training.Column);
        return training.Index is not { } index ? label
            : label with { Index = index, CreateReader = row => index.CreateReader(row, label.Column) };
    }

    private static void RequireSameValues(DataViewSchema.Column label, DataViewSchema.Column training)
    {
        if (LabelValues.Read(label) is not { } got || LabelValues.Read(training) is not { } expected)
            return;

        for (int key = 0; key < Math.Min(got.Texts.Count, expected.Texts.Count); key++)
        {
            if (got.Texts[key] != expected.Texts[key])
            {
                throw SchemaChecks.Mismatch("validation label", label.Name, $"key {key + 1} to be '{expected.Texts[key]}' as in the training data",
                    $"'{got.Texts[key]}'", "The two were mapped apart: map them by one fitted MapValueToKey, or leave the label unmapped.");
            }
        }
    }
}
