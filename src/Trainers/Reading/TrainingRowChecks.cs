namespace MLExtensions.Trainers.Reading;

/// <summary>Refuses rows that no training could use, naming row and column.</summary>
internal static class TrainingRowChecks
{
    /// <summary>Refuses the first of some rows that a training cannot use.</summary>
    /// <param name="portion">Holds the rows at its start.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The columns that they were read from.</param>
    /// <param name="numbers">The number of each row in its view.</param>
    /// <param name="role">What the view is for.</param>
    public static void RequireUsable(RowPortion portion, int rows, TrainingColumns columns, long[] numbers, string role)
    {
        // There are no features where they were kept by an earlier training.
        var (width, targetCount) = (portion.Features.IsEmpty ? 0 : columns.FeatureCount, columns.Label.TargetCount);
        if (RowChecks.AllFinite(portion.Features[..(rows * width)]) && AreIndices(portion.Features[..(rows * width)], columns.Layout) && columns.Label.AcceptsAll(portion.Targets[..(rows * targetCount)])
            && (columns.Weight is null || AreWeights(portion.Weights[..rows])))
        {
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            if (width > 0)
                RowChecks.RequireUsable(portion.Features.Slice(row * width, width), columns.Layout, columns.Features, numbers[row], $" of the {role} data");
            RequireLabel(portion.Targets.Slice(row * targetCount, targetCount), columns.Label, numbers[row], role);
            if (columns.Weight is { } weight)
                RequireWeight(portion.Weights[row], weight, numbers[row], role);
        }
    }

    /// <summary>Refuses features of a file in which numbers are missing where this training has no place for that, as the one that kept them may have had.</summary>
    /// <param name="features">The features.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="trainingRows">How many of the rows are to train on: the others stand behind them.</param>
    public static void RequireAllowed(FeatureRows features, TrainingColumns columns, int trainingRows)
    {
        var layout = columns.Layout ?? RowLayout.Numbers(columns.FeatureCount);
        if (layout.Missing.Count + layout.Categories.Count == layout.Width)
            return;

        float[] row = new float[columns.FeatureCount];
        for (int i = 0; i < features.Count; i++)
        {
            features.Gather([i], row);
            RowChecks.RequireUsable(row, layout, columns.Features, i < trainingRows ? i : i - trainingRows, i < trainingRows ? " of the training data" : " of the validation data");
        }
    }

    /// <summary>Refuses validation rows that lack a number which no training row lacks: nothing was learned about that.</summary>
    /// <param name="data">All rows.</param>
    /// <param name="firstRow">The first of the validation rows, which are the last.</param>
    /// <param name="layout">Which numbers may be missing.</param>
    /// <param name="column">The feature column.</param>
    public static void RequirePresent(DataBlock data, int firstRow, RowLayout layout, DataViewSchema.Column column)
    {
        float[] features = new float[layout.Width];
        for (int row = firstRow; row < data.Rows; row++)
        {
            data.Features.Gather([row], features);
            RowChecks.RequireUsable(features, layout, column, row - firstRow, " of the validation data");
        }
    }

    private static bool AreIndices(ReadOnlySpan<float> features, RowLayout? layout)
    {
        for (int first = 0; layout is not null && first < features.Length; first += layout.Width)
        {
            if (layout.FindInvalid(features.Slice(first, layout.Width)) is not null)
                return false;
        }
        return true;
    }

    private static bool AreWeights(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!IsWeight(value))
                return false;
        }
        return true;
    }

    private static bool IsWeight(float value) => value >= 0 && float.IsFinite(value);

    private static void RequireLabel(ReadOnlySpan<float> values, LabelColumn label, long row, string role)
    {
        foreach (float value in values)
        {
            if (!label.AcceptsAll([value]))
            {
                string what = float.IsNaN(value) ? label.Missing : Invariant($"{value}");
                string advice = float.IsNaN(value) ? " Drop such rows, or leave them out with MissingLabels.Skip." : "";
                throw new InvalidOperationException(Invariant(
                    $"Row {row} (counted from 0) of label column '{label.Column.Name}' of the {role} data has no usable value ({what}): expected {label.Expected}.{advice}"));
            }
        }
    }

    private static void RequireWeight(float weight, DataViewSchema.Column column, long row, string role)
    {
        if (!IsWeight(weight))
        {
            throw new InvalidOperationException(Invariant(
                $"Row {row} (counted from 0) of example weight column '{column.Name}' of the {role} data has {weight}: expected a finite number of at least 0."));
        }
    }
}
